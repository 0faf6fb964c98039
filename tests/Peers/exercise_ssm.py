ROOT = '/peer/'


def run(peer):
    store = peer.client('ssm')
    store.put_parameter(Name=ROOT + 'plain', Value='one', Type='String', Description='for peers', Tags=[{'Key': 'a', 'Value': '1'}])
    store.refused('ParameterAlreadyExists', 'put_parameter', Name=ROOT + 'plain', Value='two', Type='String')
    version = store.put_parameter(Name=ROOT + 'plain', Value='two', Overwrite=True)['Version']
    store.expect('put_parameter', version == 2, f'the version is {version}')
    store.refused('ParameterPatternMismatchException', 'put_parameter', Name=ROOT + 'digits', Value='x', Type='String', AllowedPattern='^[0-9]+$')
    store.put_parameter(Name=ROOT + 'deep/secure', Value='hidden', Type='SecureString')

    read = store.get_parameter(Name=ROOT + 'plain')['Parameter']
    store.expect('get_parameter', read['Value'] == 'two', f'the value is {read["Value"]}')
    earlier = store.get_parameter(Name=ROOT + 'plain:1')['Parameter']
    store.expect('get_parameter', earlier['Value'] == 'one', f'the earlier value is {earlier["Value"]}')
    sealed = store.get_parameter(Name=ROOT + 'deep/secure')['Parameter']['Value']
    opened = store.get_parameter(Name=ROOT + 'deep/secure', WithDecryption=True)['Parameter']['Value']
    store.expect('get_parameter', opened == 'hidden' and sealed != 'hidden', 'decryption makes no difference')
    store.refused('ParameterNotFound', 'get_parameter', Name=ROOT + 'none')

    for number in range(48):
        store.put_parameter(Name=f'{ROOT}many/{number:02}', Value=str(number), Type='String')
    first = store.describe_parameters()
    store.expect('describe_parameters', len(first['Parameters']) == 50 and 'NextToken' in first, f'the first page holds {len(first["Parameters"])}')
    pages = store.pages('describe_parameters', ParameterFilters=[{'Key': 'Path', 'Option': 'Recursive', 'Values': ['/peer']}])
    found = [each['Name'] for page in pages for each in page['Parameters']]
    store.expect('describe_parameters', len(found) == len(set(found)) == 50, f'{len(found)} parameters are below the path')
    by_path = [each['Name'] for page in store.pages('get_parameters_by_path', Path='/peer', Recursive=True, WithDecryption=True) for each in page['Parameters']]
    store.expect('get_parameters_by_path', by_path == found, f'{len(by_path)} parameters are read by path')
    level = [each['Name'] for page in store.pages('get_parameters_by_path', Path='/peer') for each in page['Parameters']]
    store.expect('get_parameters_by_path', level == [ROOT + 'plain'], f'the first level holds {level}')

    store.add_tags_to_resource(ResourceType='Parameter', ResourceId=ROOT + 'plain', Tags=[{'Key': 'b', 'Value': '2'}])
    tags = store.list_tags_for_resource(ResourceType='Parameter', ResourceId=ROOT + 'plain')['TagList']
    store.expect('list_tags_for_resource', sorted(tag['Key'] for tag in tags) == ['a', 'b'], f'the tags are {tags}')
    store.remove_tags_from_resource(ResourceType='Parameter', ResourceId=ROOT + 'plain', TagKeys=['a'])
    tags = store.list_tags_for_resource(ResourceType='Parameter', ResourceId=ROOT + 'plain')['TagList']
    store.expect('remove_tags_from_resource', [tag['Key'] for tag in tags] == ['b'], f'the tags are {tags}')
    for name in found:
        store.delete_parameter(Name=name)
    store.refused('ParameterNotFound', 'delete_parameter', Name=ROOT + 'plain')
