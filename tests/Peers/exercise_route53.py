ZONE = 'peer.example.'


def run(peer):
    dns = peer.client('route53', 'us-east-1')
    zone, change = create(dns)
    wait(dns, change)
    records(dns, zone)
    checks(dns)
    tags(dns, zone)
    vpcs(dns)
    signing(dns, zone)
    logging(dns, zone)
    delegation(dns)
    traffic(dns, zone)
    cidr(dns, zone)
    listings(dns)
    dns.delete_hosted_zone(Id=zone)
    dns.refused('NoSuchHostedZone', 'get_hosted_zone', Id=zone)


def wait(dns, change):
    dns.get_change(Id=change)
    dns.raw.get_waiter('resource_record_sets_changed').wait(Id=change, WaiterConfig={'Delay': 1, 'MaxAttempts': 10})


def create(dns):
    made = dns.create_hosted_zone(Name=ZONE, CallerReference='peer-1', HostedZoneConfig={'Comment': 'for & peers', 'PrivateZone': False})
    zone = made['HostedZone']['Id'].rpartition('/')[2] or 'Z0NOTHING'
    got = dns.get_hosted_zone(Id=zone)
    dns.expect('get_hosted_zone', len(got['DelegationSet']['NameServers']) == 4, f'the name servers are {got["DelegationSet"]}')
    dns.update_hosted_zone_comment(Id=zone, Comment='still for peers')
    return zone, made['ChangeInfo']['Id'].rpartition('/')[2] or 'C0NOTHING'


def change(dns, zone, *changes):
    return dns.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={'Changes': [{'Action': action, 'ResourceRecordSet': record} for action, record in changes]})


def record(name, kind, *values, ttl=60, **policy):
    return {'Name': name, 'Type': kind, 'TTL': ttl, 'ResourceRecords': [{'Value': value} for value in values], **policy}


def records(dns, zone):
    sets = [record('*.' + ZONE, 'CNAME', 'www.' + ZONE),
            record('txt.' + ZONE, 'TXT', '"' + 'x' * 255 + '" "rest"'),
            record('w.' + ZONE, 'A', '192.0.2.1', Weight=1, SetIdentifier='one'),
            record('w.' + ZONE, 'A', '192.0.2.2', Weight=2, SetIdentifier='two')]
    change(dns, zone, *(('CREATE', each) for each in sets))
    # botocore finds a code in the one of Route 53's two error documents, and none in the other.
    dns.refused(('InvalidChangeBatch', ''), 'change_resource_record_sets', HostedZoneId=zone, ChangeBatch={'Changes': [{'Action': 'CREATE', 'ResourceRecordSet': sets[1]}]})
    change(dns, zone, ('UPSERT', sets[1] | {'TTL': 120}))
    found = dns.list_resource_record_sets(HostedZoneId=zone)['ResourceRecordSets']
    dns.expect('list_resource_record_sets', [each['Name'] for each in found][2:] == ['\\052.' + ZONE, 'txt.' + ZONE, 'w.' + ZONE, 'w.' + ZONE], f'the names are {[each["Name"] for each in found]}')
    change(dns, zone, ('DELETE', sets[0]), ('DELETE', sets[1] | {'TTL': 120}), ('DELETE', sets[2]), ('DELETE', sets[3]))

    zones = dns.list_hosted_zones_by_name(DNSName='sailjada.com.', MaxItems='1')['HostedZones']
    large = zones[0]['Id'] if zones else 'Z0NOTHING'
    dns.expect('list_hosted_zones_by_name', [each['Name'] for each in zones] == ['sailjada.com.'], f'the zones are {zones}')
    first = dns.list_resource_record_sets(HostedZoneId=large)
    dns.expect('list_resource_record_sets', first['IsTruncated'] is True and len(first['ResourceRecordSets']) == 300, 'the large zone fits one page')
    dns.expect('list_resource_record_sets', first.get('NextRecordName') == 'lobby.sailjada.com.' and 'NextRecordIdentifier' in first, f'the next page begins at {first.get("NextRecordName")}')
    found = [(each['Name'], each['Type'], each.get('SetIdentifier')) for page in dns.pages('list_resource_record_sets', HostedZoneId=large) for each in page['ResourceRecordSets']]
    dns.expect('list_resource_record_sets', len(found) == len(set(found)) > 300, f'{len(found)} record sets, {len(set(found))} of them different')


def checks(dns):
    made = dns.create_health_check(CallerReference='peer-1', HealthCheckConfig={'Type': 'HTTPS', 'FullyQualifiedDomainName': 'peer.example', 'Port': 443, 'ResourcePath': '/'})
    identifier = str(made['HealthCheck']['Id'] or '00000000-0000-0000-0000-000000000000')
    dns.get_health_check(HealthCheckId=identifier)
    dns.list_health_checks()
    dns.get_health_check_count()
    pages = dns.pages('list_health_checks', PaginationConfig={'PageSize': 2})
    dns.expect('list_health_checks', sum(len(page['HealthChecks']) for page in pages) == 4, 'there are not four health checks')
    dns.update_health_check(HealthCheckId=identifier, HealthCheckVersion=1, Port=8443, FailureThreshold=5)
    dns.update_health_check(HealthCheckId=identifier, ResetElements=['ResourcePath'])
    changed = dns.get_health_check(HealthCheckId=identifier)['HealthCheck']
    dns.expect('update_health_check', (changed['HealthCheckVersion'], changed['HealthCheckConfig']) == (3, {'Type': 'HTTPS', 'FullyQualifiedDomainName': 'peer.example', 'Port': 8443, 'FailureThreshold': 5}), f'the check is {changed}')
    dns.refused('HealthCheckVersionMismatch', 'update_health_check', HealthCheckId=identifier, HealthCheckVersion=1, Port=80)
    dns.delete_health_check(HealthCheckId=identifier)


def tags(dns, zone):
    dns.change_tags_for_resource(ResourceType='hostedzone', ResourceId=zone, AddTags=[{'Key': 'a', 'Value': '1'}])
    found = dns.list_tags_for_resource(ResourceType='hostedzone', ResourceId=zone)['ResourceTagSet']['Tags']
    dns.expect('list_tags_for_resource', found == [{'Key': 'a', 'Value': '1'}], f'the tags are {found}')
    dns.list_tags_for_resources(ResourceType='hostedzone', ResourceIds=[zone])


def vpcs(dns):
    vpc, other = ({'VPCRegion': 'us-west-2', 'VPCId': f'vpc-0aaaaaaaaaaaaaaa{n}'} for n in (1, 2))
    made = dns.create_hosted_zone(Name='peer.internal.', CallerReference='peer-2', VPC=vpc, HostedZoneConfig={'PrivateZone': True})
    zone = made['HostedZone']['Id'].rpartition('/')[2] or 'Z0NOTHING'
    dns.associate_vpc_with_hosted_zone(HostedZoneId=zone, VPC=other)
    dns.list_hosted_zones_by_vpc(VPCId=other['VPCId'], VPCRegion='us-west-2')
    dns.disassociate_vpc_from_hosted_zone(HostedZoneId=zone, VPC=vpc)
    dns.refused('LastVPCAssociation', 'disassociate_vpc_from_hosted_zone', HostedZoneId=zone, VPC=other)
    dns.create_vpc_association_authorization(HostedZoneId=zone, VPC=vpc)
    found = dns.list_vpc_association_authorizations(HostedZoneId=zone)['VPCs']
    dns.expect('list_vpc_association_authorizations', found == [vpc], f'those authorized are {found}')
    dns.delete_vpc_association_authorization(HostedZoneId=zone, VPC=vpc)
    dns.delete_hosted_zone(Id=zone)


def signing(dns, zone):
    key = {'HostedZoneId': zone, 'Name': 'peer_ksk'}
    made = dns.create_key_signing_key(**key, CallerReference='peer-1', KeyManagementServiceArn='arn:aws:kms:us-east-1:782785212866:key/1f0c', Status='INACTIVE')
    dns.expect('create_key_signing_key', made['KeySigningKey'].get('Status') == 'INACTIVE', f'the key is {made}')
    dns.refused('KeySigningKeyWithActiveStatusNotFound', 'enable_hosted_zone_dnssec', HostedZoneId=zone)
    dns.activate_key_signing_key(**key)
    dns.enable_hosted_zone_dnssec(HostedZoneId=zone)
    found = dns.get_dnssec(HostedZoneId=zone)
    dns.expect('get_dnssec', found['Status'].get('ServeSignature') == 'SIGNING' and len(found['KeySigningKeys']) == 1, f'it says {found}')
    dns.disable_hosted_zone_dnssec(HostedZoneId=zone)
    dns.deactivate_key_signing_key(**key)
    dns.delete_key_signing_key(**key)


def logging(dns, zone):
    group = 'arn:aws:logs:us-east-1:782785212866:log-group:/aws/route53/peer.example'
    made = dns.create_query_logging_config(HostedZoneId=zone, CloudWatchLogsLogGroupArn=group)
    identifier = str(made['QueryLoggingConfig']['Id'] or '00000000-0000-0000-0000-000000000000')
    dns.refused('QueryLoggingConfigAlreadyExists', 'create_query_logging_config', HostedZoneId=zone, CloudWatchLogsLogGroupArn=group)
    dns.get_query_logging_config(Id=identifier)
    found = dns.list_query_logging_configs(HostedZoneId=zone)['QueryLoggingConfigs']
    dns.expect('list_query_logging_configs', [each['CloudWatchLogsLogGroupArn'] for each in found] == [group], f'they are {found}')
    dns.delete_query_logging_config(Id=identifier)


def delegation(dns):
    made = dns.create_reusable_delegation_set(CallerReference='peer-1')
    identifier = str(made['DelegationSet']['Id'].rpartition('/')[2] or 'N0NOTHING')
    got = dns.get_reusable_delegation_set(Id=identifier)['DelegationSet']
    zone = dns.create_hosted_zone(Name='white.example.', CallerReference='peer-3', DelegationSetId=identifier)
    dns.expect('create_hosted_zone', zone['DelegationSet'].get('NameServers') == got['NameServers'], f'the zone has {zone["DelegationSet"]}')
    dns.list_reusable_delegation_sets()
    dns.refused('DelegationSetInUse', 'delete_reusable_delegation_set', Id=identifier)
    dns.delete_hosted_zone(Id=zone['HostedZone']['Id'].rpartition('/')[2] or 'Z0NOTHING')
    dns.delete_reusable_delegation_set(Id=identifier)


def traffic(dns, zone):
    document = '{"AWSPolicyFormatVersion":"2015-10-01","RecordType":"A","StartEndpoint":"a","Endpoints":{"a":{"Type":"value","Value":"192.0.2.%d"}}}'
    dns.refused('InvalidTrafficPolicyDocument', 'create_traffic_policy', Name='peer', Document='{}')
    made = dns.create_traffic_policy(Name='peer', Document=document % 1, Comment='a peer')
    identifier = str(made['TrafficPolicy']['Id'] or '00000000-0000-0000-0000-000000000000')
    dns.create_traffic_policy_version(Id=identifier, Document=document % 2)
    dns.get_traffic_policy(Id=identifier, Version=2)
    dns.update_traffic_policy_comment(Id=identifier, Version=2, Comment='changed')
    comment = dns.get_traffic_policy(Id=identifier, Version=2)['TrafficPolicy']['Comment']
    dns.expect('update_traffic_policy_comment', comment == 'changed', f'the comment is {comment}')
    dns.list_traffic_policies()
    found = [each['Version'] for each in dns.list_traffic_policy_versions(Id=identifier)['TrafficPolicies']]
    dns.expect('list_traffic_policy_versions', found == [1, 2], f'the versions are {found}')
    made = dns.create_traffic_policy_instance(HostedZoneId=zone, Name='policy.' + ZONE, TTL=60, TrafficPolicyId=identifier, TrafficPolicyVersion=2)
    instance = str(made['TrafficPolicyInstance']['Id'] or '00000000-0000-0000-0000-000000000000')
    dns.get_traffic_policy_instance(Id=instance)
    dns.list_traffic_policy_instances()
    dns.update_traffic_policy_instance(Id=instance, TTL=90, TrafficPolicyId=identifier, TrafficPolicyVersion=1)
    dns.expect('update_traffic_policy_instance', dns.get_traffic_policy_instance(Id=instance)['TrafficPolicyInstance']['TTL'] == 90, 'the time to live is as before')
    dns.update_traffic_policy_instance(Id=instance, TTL=60, TrafficPolicyId=identifier, TrafficPolicyVersion=2)
    dns.refused('TrafficPolicyInUse', 'delete_traffic_policy', Id=identifier, Version=2)
    dns.delete_traffic_policy_instance(Id=instance)
    for version in (1, 2):
        dns.delete_traffic_policy(Id=identifier, Version=version)


def cidr(dns, zone):
    made = dns.create_cidr_collection(Name='peer', CallerReference='peer-1')
    identifier = str(made['Collection']['Id'] or '00000000-0000-0000-0000-000000000000')
    dns.change_cidr_collection(Id=identifier, CollectionVersion=1, Changes=[{'LocationName': 'harbor', 'Action': 'PUT', 'CidrList': ['192.0.2.0/24', '2001:db8::/48']}])
    dns.list_cidr_collections()
    found = dns.list_cidr_blocks(CollectionId=identifier)['CidrBlocks']
    dns.expect('list_cidr_blocks', [each['CidrBlock'] for each in found] == ['192.0.2.0/24', '2001:db8::/48'], f'the blocks are {found}')
    routed = record('near.' + ZONE, 'A', '192.0.2.1', SetIdentifier='harbor', CidrRoutingConfig={'CollectionId': identifier, 'LocationName': 'harbor'})
    change(dns, zone, ('CREATE', routed))
    change(dns, zone, ('DELETE', routed))
    dns.change_cidr_collection(Id=identifier, Changes=[{'LocationName': 'harbor', 'Action': 'DELETE_IF_EXISTS', 'CidrList': ['192.0.2.0/24', '2001:db8::/48']}])
    dns.delete_cidr_collection(Id=identifier)


def listings(dns):
    dns.list_hosted_zones()
    dns.get_hosted_zone_count()
    pages = dns.pages('list_hosted_zones', PaginationConfig={'PageSize': 5})
    names = [each['Name'] for page in pages for each in page['HostedZones']]
    dns.expect('list_hosted_zones', len(names) == len(set(names)) == 12, f'the zones are {names}')
    dns.get_dnssec(HostedZoneId=dns.list_hosted_zones()['HostedZones'][0]['Id'].rpartition('/')[2])
    dns.list_query_logging_configs()
