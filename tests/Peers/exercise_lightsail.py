NAME = 'peer-web'
SNAPSHOT = 'peer-web-1'


def run(peer):
    sail = peer.client('lightsail')
    sail.get_regions()
    sail.get_blueprints()
    bundles = [each['bundleId'] for each in sail.get_bundles()['bundles']]
    sail.expect('get_bundles', 'small_3_0' in bundles, f'the bundles are {bundles}')
    sail.import_key_pair(keyPairName='peer-key', publicKeyBase64='cGVlcg==')
    keys = [each['name'] for each in sail.get_key_pairs()['keyPairs']]
    sail.expect('get_key_pairs', 'peer-key' in keys, f'the keys are {keys}')

    sail.create_instances(instanceNames=[NAME], availabilityZone='us-west-2a', blueprintId='ubuntu_24_04', bundleId='small_3_0', keyPairName='peer-key', tags=[{'key': 'a', 'value': '1'}])
    sail.refused('InvalidInputException', 'create_instances', instanceNames=[NAME], availabilityZone='us-west-2a', blueprintId='ubuntu_24_04', bundleId='small_3_0')
    sail.refused('NotFoundException', 'get_instance', instanceName='peer-none')
    sail.tag_resource(resourceName=NAME, tags=[{'key': 'b', 'value': '2'}])
    sail.untag_resource(resourceName=NAME, tagKeys=['a'])
    instance = sail.get_instance(instanceName=NAME)['instance']
    sail.expect('get_instance', instance['tags'] == [{'key': 'b', 'value': '2'}] and instance['state']['name'] == 'running', f'the instance is {instance}')
    settings(sail)
    snapshots(sail)
    listed = [each['name'] for page in sail.pages('get_instances') for each in page['instances']]
    sail.expect('get_instances', listed == ['jada-web', NAME, 'peer-web-again'], f'the instances are {listed}')
    undo(sail)
    for name in (NAME, 'peer-web-again'):
        sail.delete_instance(instanceName=name)
    sail.refused('NotFoundException', 'get_instance', instanceName=NAME)
    domains(peer.client('lightsail', 'us-east-1'))
    sail.refused('InvalidInputException', 'get_domains')


def domains(east):
    east.create_domain(domainName='peer.example')
    east.refused('InvalidInputException', 'create_domain', domainName='peer.example')
    entry = {'name': 'www.peer.example', 'type': 'A', 'target': '192.0.2.1'}
    east.create_domain_entry(domainName='peer.example', domainEntry=entry)
    east.refused('InvalidInputException', 'create_domain_entry', domainName='peer.example', domainEntry=entry)
    made = [each for each in east.get_domain(domainName='peer.example')['domain']['domainEntries'] if each['type'] == 'A'][0]
    east.update_domain_entry(domainName='peer.example', domainEntry=made | {'target': '192.0.2.2'})
    found = [each for page in east.pages('get_domains') for each in page['domains']]
    east.expect('update_domain_entry', [each['target'] for each in found[0]['domainEntries'] if each['type'] == 'A'] == ['192.0.2.2'], f'the domains are {found}')
    east.delete_domain_entry(domainName='peer.example', domainEntry=made)
    left = [each['type'] for each in east.get_domain(domainName='peer.example')['domain']['domainEntries']]
    east.expect('delete_domain_entry', left == ['NS'] * 4, f'the entries are {left}')
    east.delete_domain(domainName='peer.example')
    east.refused('NotFoundException', 'get_domain', domainName='peer.example')


def undo(sail):
    sail.refused('InvalidInputException', 'release_static_ip', staticIpName='peer-ip')
    sail.detach_static_ip(staticIpName='peer-ip')
    sail.expect('detach_static_ip', not sail.get_static_ip(staticIpName='peer-ip')['staticIp']['isAttached'], 'the address is still attached')
    sail.release_static_ip(staticIpName='peer-ip')
    sail.refused('NotFoundException', 'get_static_ip', staticIpName='peer-ip')
    sail.refused('InvalidInputException', 'delete_disk', diskName='peer-disk')
    sail.detach_disk(diskName='peer-disk')
    sail.expect('detach_disk', sail.get_disk(diskName='peer-disk')['disk']['state'] == 'available', 'the disk is still in use')
    sail.delete_disk(diskName='peer-disk')
    sail.delete_key_pair(keyPairName='peer-key')
    sail.refused('NotFoundException', 'delete_key_pair', keyPairName='peer-key')


def settings(sail):
    sail.enable_add_on(resourceName=NAME, addOnRequest={'addOnType': 'AutoSnapshot', 'autoSnapshotAddOnRequest': {'snapshotTimeOfDay': '04:00'}})
    added = sail.get_instance(instanceName=NAME)['instance']['addOns']
    sail.expect('enable_add_on', added == [{'name': 'AutoSnapshot', 'status': 'Enabled', 'snapshotTimeOfDay': '04:00'}], f'the add-ons are {added}')
    sail.disable_add_on(resourceName=NAME, addOnType='AutoSnapshot')
    sail.open_instance_public_ports(instanceName=NAME, portInfo={'fromPort': 8080, 'toPort': 8080, 'protocol': 'tcp'})
    sail.close_instance_public_ports(instanceName=NAME, portInfo={'fromPort': 22, 'toPort': 22, 'protocol': 'tcp'})
    ports = sorted(each['fromPort'] for each in sail.get_instance_port_states(instanceName=NAME)['portStates'])
    sail.expect('open_instance_public_ports', ports == [80, 8080], f'the ports are {ports}')
    sail.put_instance_public_ports(instanceName=NAME, portInfos=[{'fromPort': 443, 'toPort': 443, 'protocol': 'tcp', 'cidrs': ['192.0.2.0/24']}])
    ports = sail.get_instance_port_states(instanceName=NAME)['portStates']
    sail.expect('get_instance_port_states', [(each['fromPort'], each['cidrs']) for each in ports] == [(443, ['192.0.2.0/24'])], f'the ports are {ports}')
    sail.allocate_static_ip(staticIpName='peer-ip')
    sail.attach_static_ip(staticIpName='peer-ip', instanceName=NAME)
    addresses = {each['name']: each for each in sail.get_static_ips()['staticIps']}
    sail.expect('get_static_ips', addresses['peer-ip']['attachedTo'] == NAME, f'the addresses are {addresses}')
    sail.create_disk(diskName='peer-disk', availabilityZone='us-west-2a', sizeInGb=8)
    sail.attach_disk(diskName='peer-disk', instanceName=NAME, diskPath='/dev/xvdf')
    disks = {each['name']: each for each in sail.get_disks()['disks']}
    sail.expect('get_disks', disks['peer-disk']['isAttached'], f'the disks are {disks}')


def snapshots(sail):
    begun = sail.create_instance_snapshot(instanceName=NAME, instanceSnapshotName=SNAPSHOT)['operations'][0]
    sail.refused('InvalidInputException', 'create_instance_snapshot', instanceName=NAME, instanceSnapshotName=SNAPSHOT)
    sail.refused('InvalidInputException', 'create_instances_from_snapshot', instanceSnapshotName=SNAPSHOT, instanceNames=['peer-early'], availabilityZone='us-west-2a', bundleId='small_3_0')
    states = []
    for _ in range(10):
        states.append(sail.get_instance_snapshot(instanceSnapshotName=SNAPSHOT)['instanceSnapshot']['state'])
        if states[-1] != 'pending':
            break
    sail.expect('get_instance_snapshot', states[0] == 'pending' and states[-1] == 'available', f'the snapshot was {states}')
    ended = sail.get_operation(operationId=begun['id'])['operation']
    sail.expect('get_operation', begun['status'] == 'Started' and ended['status'] == 'Succeeded', f'the operation is {ended}')
    done = [each['id'] for page in sail.pages('get_operations') for each in page['operations']]
    sail.expect('get_operations', begun['id'] in done and len(done) == len(set(done)), f'{len(done)} operations are listed')
    sail.create_instances_from_snapshot(instanceSnapshotName=SNAPSHOT, instanceNames=['peer-web-again'], availabilityZone='us-west-2b', bundleId='small_3_0')
    names = [each['name'] for each in sail.get_instance_snapshots()['instanceSnapshots']]
    sail.expect('get_instance_snapshots', names == ['jada-web-2025-11-02', SNAPSHOT], f'the snapshots are {names}')
    sail.delete_instance_snapshot(instanceSnapshotName=SNAPSHOT)
    sail.refused('NotFoundException', 'get_instance_snapshot', instanceSnapshotName=SNAPSHOT)
