NAME = 'peer/secret'


def run(peer):
    secrets = peer.client('secretsmanager')
    made = secrets.create_secret(Name=NAME, Description='for peers', SecretString='{"key":"värde"}', Tags=[{'Key': 'a', 'Value': '1'}])
    secrets.refused('ResourceExistsException', 'create_secret', Name=NAME, SecretString='x')
    secrets.refused('InvalidParameterException', 'create_secret', Name='peer/both', SecretString='x', SecretBinary=b'x')
    for name in (NAME, made['ARN']):
        value = secrets.get_secret_value(SecretId=name)
        secrets.expect('get_secret_value', value['SecretString'] == '{"key":"värde"}', f'the value of {name} is another')
    secrets.refused('ResourceNotFoundException', 'get_secret_value', SecretId='peer/none')

    secrets.tag_resource(SecretId=NAME, Tags=[{'Key': 'b', 'Value': '2'}])
    secrets.untag_resource(SecretId=NAME, TagKeys=['a'])
    described = secrets.describe_secret(SecretId=NAME)
    secrets.expect('describe_secret', described['Tags'] == [{'Key': 'b', 'Value': '2'}], f'the tags are {described.get("Tags")}')
    secrets.expect('describe_secret', list(described['VersionIdsToStages'].values()) == [['AWSCURRENT']], 'the version is not current')

    policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::782785212866:root"},"Action":"secretsmanager:GetSecretValue","Resource":"*"}]}'
    secrets.expect('get_resource_policy', 'ResourcePolicy' not in secrets.get_resource_policy(SecretId=NAME), 'there is a policy before one was put')
    secrets.refused('MalformedPolicyDocumentException', 'put_resource_policy', SecretId=NAME, ResourcePolicy='{')
    secrets.put_resource_policy(SecretId=NAME, ResourcePolicy=policy)
    secrets.expect('get_resource_policy', secrets.get_resource_policy(SecretId=NAME)['ResourcePolicy'] == policy, 'the policy is another')
    secrets.delete_resource_policy(SecretId=NAME)

    secrets.refused('InvalidRequestException', 'rotate_secret', SecretId=NAME)
    function = peer.client('lambda').list_functions()['Functions'][0]['FunctionArn']
    secrets.rotate_secret(SecretId=NAME, RotationLambdaARN=function, RotationRules={'AutomaticallyAfterDays': 30}, RotateImmediately=False)
    described = secrets.describe_secret(SecretId=NAME)
    secrets.expect('rotate_secret', (described['RotationEnabled'], described['RotationRules']) == (True, {'AutomaticallyAfterDays': 30}), f'it is {described}')
    secrets.cancel_rotate_secret(SecretId=NAME)
    secrets.expect('cancel_rotate_secret', secrets.describe_secret(SecretId=NAME)['RotationEnabled'] is False, 'it still rotates')

    first = secrets.describe_secret(SecretId=NAME)['VersionIdsToStages']
    secrets.update_secret(SecretId=NAME, Description='changed')
    described = secrets.describe_secret(SecretId=NAME)
    secrets.expect('update_secret', (described['Description'], described['VersionIdsToStages']) == ('changed', first), f'it is {described}')
    put = secrets.put_secret_value(SecretId=NAME, SecretString='second')
    value = secrets.get_secret_value(SecretId=NAME)
    secrets.expect('put_secret_value', (value['SecretString'], value['VersionId']) == ('second', put['VersionId']), 'the value is the first one')
    secrets.refused('InvalidParameterException', 'put_secret_value', SecretId=NAME)

    secrets.create_secret(Name='peer/binary', SecretBinary=b'\x00\xff')
    secrets.expect('get_secret_value', secrets.get_secret_value(SecretId='peer/binary')['SecretBinary'] == b'\x00\xff', 'the bytes are others')
    pages = secrets.pages('list_secrets', PaginationConfig={'PageSize': 3})
    names = [each['Name'] for page in pages for each in page['SecretList']]
    secrets.expect('list_secrets', len(pages) >= 2 and len(names) == len(set(names)) and NAME in names, f'{len(pages)} pages hold {names}')

    secrets.delete_secret(SecretId=NAME, RecoveryWindowInDays=7)
    secrets.refused('InvalidRequestException', 'get_secret_value', SecretId=NAME)
    listed = secrets.list_secrets()['SecretList']
    secrets.expect('list_secrets', NAME not in [each['Name'] for each in listed], 'a secret on its way out is listed')
    planned = secrets.list_secrets(IncludePlannedDeletion=True)['SecretList']
    secrets.expect('list_secrets', NAME in [each['Name'] for each in planned], 'a secret on its way out is not listed when asked for')
    secrets.restore_secret(SecretId=NAME)
    secrets.expect('restore_secret', secrets.get_secret_value(SecretId=NAME)['SecretString'] == 'second', 'the value did not come back')
    secrets.delete_secret(SecretId=NAME, RecoveryWindowInDays=7)
    secrets.delete_secret(SecretId='peer/binary', ForceDeleteWithoutRecovery=True)
    secrets.refused('ResourceNotFoundException', 'describe_secret', SecretId='peer/binary')
