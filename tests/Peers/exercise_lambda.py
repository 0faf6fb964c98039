import base64
import hashlib
import io
import urllib.request
import zipfile

NAME = 'peer-function'
ROLE = 'arn:aws:iam::782785212866:role/service-role/tide-table-role'


def package(text):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, 'w') as archive:
        archive.writestr('handler.py', text)
    return stream.getvalue()


def digest(code):
    return base64.b64encode(hashlib.sha256(code).digest()).decode()


def fetch(url):
    with urllib.request.urlopen(url) as answer:
        return answer.read()


def run(peer):
    functions = peer.client('lambda')
    layer = layers(functions)
    arn = create(functions, layer)
    code(functions)
    versions(functions)
    permissions(functions)
    invocation(functions)
    signing(functions, arn)
    urls(functions)
    tags(functions, arn)
    event_sources(peer, functions)
    listings(functions)
    functions.delete_alias(FunctionName=NAME, Name='live')
    functions.delete_function(FunctionName=NAME)
    functions.refused('ResourceNotFoundException', 'get_function', FunctionName=NAME)


def layers(functions):
    content = package('LAYER = 1\n')
    layer = functions.publish_layer_version(LayerName='peer-layer', Description='for peers', Content={'ZipFile': content},
                                            CompatibleRuntimes=['python3.13'], CompatibleArchitectures=['arm64'], LicenseInfo='MIT')
    functions.expect('publish_layer_version', layer['Content']['CodeSha256'] == digest(content), 'CodeSha256 is not of what was sent')
    number = layer['Version'] or 1
    got = functions.get_layer_version(LayerName='peer-layer', VersionNumber=number)
    functions.expect('get_layer_version', fetch(got['Content']['Location']) == content, 'the link does not lead to what was sent')
    functions.get_layer_version_by_arn(Arn=layer['LayerVersionArn'])
    functions.list_layers()
    functions.pages('list_layers', PaginationConfig={'PageSize': 1})
    functions.list_layer_versions(LayerName='peer-layer')
    functions.add_layer_version_permission(LayerName='peer-layer', VersionNumber=number, StatementId='all', Action='lambda:GetLayerVersion', Principal='*')
    functions.get_layer_version_policy(LayerName='peer-layer', VersionNumber=number)
    functions.remove_layer_version_permission(LayerName='peer-layer', VersionNumber=number, StatementId='all')
    return layer


def create(functions, layer):
    first = package('EDITION = 1\n')
    functions.refused('InvalidParameterValueException', 'create_function', FunctionName='peer-nobody', Runtime='python3.13', Handler='handler.main',
                      Role='arn:aws:iam::782785212866:role/peer-nobody', Code={'ZipFile': first})
    made = functions.create_function(
        FunctionName=NAME, Runtime='python3.13', Handler='handler.main', Role=ROLE, Code={'ZipFile': first}, Description='a peer', Timeout=7, MemorySize=256,
        Environment={'Variables': {'QUOTED': 'ä "quoted"', 'EMPTY': ''}}, Layers=[layer['LayerVersionArn']], Tags={'a': '1'}, Architectures=['arm64'])
    functions.expect('create_function', made['CodeSha256'] == digest(first), 'CodeSha256 is not of what was sent')
    functions.raw.get_waiter('function_active_v2').wait(FunctionName=NAME, WaiterConfig={'Delay': 1, 'MaxAttempts': 10})
    got = functions.get_function(FunctionName=NAME)
    functions.expect('get_function', fetch(got['Code']['Location']) == first, 'the link does not lead to what was sent')
    functions.expect('get_function', got['Tags'] == {'a': '1'}, 'the tags are not what was given')
    configuration = functions.get_function_configuration(FunctionName=NAME)
    functions.expect('get_function_configuration', configuration['Environment']['Variables'] == {'QUOTED': 'ä "quoted"', 'EMPTY': ''}, 'the environment is not what was given')
    functions.update_function_configuration(FunctionName=NAME, Timeout=9)
    settle(functions)
    return made['FunctionArn']


def settle(functions):
    functions.raw.get_waiter('function_updated_v2').wait(FunctionName=NAME, WaiterConfig={'Delay': 1, 'MaxAttempts': 10})


def code(functions):
    functions.update_function_code(FunctionName=NAME, S3Bucket='jada-lambda-source-us-west-2', S3Key='functions/release-notify/release-notify.zip')
    settle(functions)


def versions(functions):
    version = functions.publish_version(FunctionName=NAME, Description='first')['Version']
    functions.expect('publish_version', version == '1', f'the first version is {version}')
    settle(functions)
    functions.list_versions_by_function(FunctionName=NAME)
    functions.create_alias(FunctionName=NAME, Name='live', FunctionVersion='1')
    functions.get_alias(FunctionName=NAME, Name='live')
    functions.update_alias(FunctionName=NAME, Name='live', Description='what is called')
    functions.list_aliases(FunctionName=NAME)
    functions.put_provisioned_concurrency_config(FunctionName=NAME, Qualifier='live', ProvisionedConcurrentExecutions=1)
    functions.get_provisioned_concurrency_config(FunctionName=NAME, Qualifier='live')
    functions.list_provisioned_concurrency_configs(FunctionName=NAME)
    functions.delete_provisioned_concurrency_config(FunctionName=NAME, Qualifier='live')


def permissions(functions):
    functions.refused('ResourceNotFoundException', 'get_policy', FunctionName=NAME)
    functions.add_permission(FunctionName=NAME, StatementId='s3', Action='lambda:InvokeFunction', Principal='s3.amazonaws.com', SourceArn='arn:aws:s3:::jada-media')
    functions.get_policy(FunctionName=NAME)
    functions.remove_permission(FunctionName=NAME, StatementId='s3')


def invocation(functions):
    functions.put_function_concurrency(FunctionName=NAME, ReservedConcurrentExecutions=2)
    functions.get_function_concurrency(FunctionName=NAME)
    functions.delete_function_concurrency(FunctionName=NAME)
    functions.put_function_event_invoke_config(FunctionName=NAME, MaximumRetryAttempts=1)
    functions.update_function_event_invoke_config(FunctionName=NAME, MaximumEventAgeInSeconds=600)
    functions.get_function_event_invoke_config(FunctionName=NAME)
    functions.list_function_event_invoke_configs(FunctionName=NAME)
    functions.delete_function_event_invoke_config(FunctionName=NAME)
    functions.put_runtime_management_config(FunctionName=NAME, UpdateRuntimeOn='FunctionUpdate')
    functions.get_runtime_management_config(FunctionName=NAME)
    functions.put_function_recursion_config(FunctionName=NAME, RecursiveLoop='Allow')
    functions.get_function_recursion_config(FunctionName=NAME)
    functions.get_account_settings()


def signing(functions, arn):
    profile = 'arn:aws:signer:us-west-2:782785212866:/signing-profiles/peer/1A2b3C4d5E'
    functions.refused('ValidationException', 'create_code_signing_config', AllowedPublishers={'SigningProfileVersionArns': [profile]}, CodeSigningPolicies={'UntrustedArtifactOnDeployment': 'Refuse'})
    made = functions.create_code_signing_config(Description='peers', AllowedPublishers={'SigningProfileVersionArns': [profile]}, Tags={'a': '1'})['CodeSigningConfig']
    config = made['CodeSigningConfigArn']
    functions.expect('create_code_signing_config', made['CodeSigningPolicies'] == {'UntrustedArtifactOnDeployment': 'Warn'}, 'the rule is not to warn')
    functions.expect('list_tags', functions.list_tags(Resource=config)['Tags'] == {'a': '1'}, 'the tags of the code signing config are others')
    functions.update_code_signing_config(CodeSigningConfigArn=config, CodeSigningPolicies={'UntrustedArtifactOnDeployment': 'Enforce'})
    got = functions.get_code_signing_config(CodeSigningConfigArn=config)['CodeSigningConfig']
    functions.expect('get_code_signing_config', got['CodeSigningPolicies'] == {'UntrustedArtifactOnDeployment': 'Enforce'}, 'the change is not there')
    pages = functions.pages('list_code_signing_configs', PaginationConfig={'PageSize': 1})
    functions.expect('list_code_signing_configs', config in [each['CodeSigningConfigArn'] for page in pages for each in page['CodeSigningConfigs']], 'it is not listed')
    functions.put_function_code_signing_config(FunctionName=NAME, CodeSigningConfigArn=config)
    functions.expect('get_function_code_signing_config', functions.get_function_code_signing_config(FunctionName=NAME)['CodeSigningConfigArn'] == config, 'the function has another')
    functions.expect('list_functions_by_code_signing_config', functions.list_functions_by_code_signing_config(CodeSigningConfigArn=config)['FunctionArns'] == [arn], 'the function is not listed')
    functions.refused('ResourceConflictException', 'delete_code_signing_config', CodeSigningConfigArn=config)
    functions.delete_function_code_signing_config(FunctionName=NAME)
    functions.delete_code_signing_config(CodeSigningConfigArn=config)
    functions.refused('CodeSigningConfigNotFoundException', 'put_function_code_signing_config', FunctionName=NAME, CodeSigningConfigArn=config)


def urls(functions):
    functions.create_function_url_config(FunctionName=NAME, AuthType='NONE', Cors={'AllowOrigins': ['*']})
    functions.get_function_url_config(FunctionName=NAME)
    functions.update_function_url_config(FunctionName=NAME, AuthType='AWS_IAM')
    functions.list_function_url_configs(FunctionName=NAME)
    functions.delete_function_url_config(FunctionName=NAME)


def tags(functions, arn):
    functions.tag_resource(Resource=arn, Tags={'b': 'ä'})
    found = functions.list_tags(Resource=arn)['Tags']
    functions.expect('list_tags', found == {'a': '1', 'b': 'ä'}, f'the tags are {found}')
    functions.untag_resource(Resource=arn, TagKeys=['a'])


def event_sources(peer, functions):
    stream = peer.client('dynamodb').describe_table(TableName='jada-bookings')['Table']['LatestStreamArn']
    made = functions.create_event_source_mapping(EventSourceArn=stream, FunctionName=NAME, StartingPosition='LATEST', BatchSize=10)
    functions.get_event_source_mapping(UUID=made['UUID'])
    functions.update_event_source_mapping(UUID=made['UUID'], BatchSize=20)
    functions.list_event_source_mappings(FunctionName=NAME)
    functions.list_event_source_mappings()
    functions.delete_event_source_mapping(UUID=made['UUID'])


def listings(functions):
    functions.list_functions()
    pages = functions.pages('list_functions', PaginationConfig={'PageSize': 6})
    names = [each['FunctionName'] for page in pages for each in page['Functions']]
    functions.expect('list_functions', len(pages) == 4 and len(names) == len(set(names)) == 20, f'{len(pages)} pages hold {len(names)} functions')
    versions = functions.pages('list_functions', FunctionVersion='ALL')
    functions.expect('list_functions', sum(len(page['Functions']) for page in versions) > 20, 'FunctionVersion=ALL lists no versions')
    functions.delete_layer_version(LayerName='peer-layer', VersionNumber=1)
