import json

API = 'a1b2c3d4e5'
FUNCTION = 'arn:aws:lambda:us-west-2:782785212866:function:tide-table'
INVOCATION = f'arn:aws:apigateway:us-west-2:lambda:path/2015-03-31/functions/{FUNCTION}/invocations'
CERTIFICATE = 'arn:aws:acm:us-west-2:782785212866:certificate/6a1f0c52-1b7e-4c8e-9d52-0d4b8e2f7a31'


def change(path, value, op='replace'):
    return [{'op': op, 'path': path, 'value': value}]


def run(peer):
    apis = peer.client('apigateway')
    api = apis.create_rest_api(name='peer', description='for peers', endpointConfiguration={'types': ['REGIONAL']}, tags={'a': '1'}, policy='{"Version":"2012-10-17","Statement":[]}')
    apis.expect('create_rest_api', json.loads(api['policy'].replace('\\"', '"'))['Version'] == '2012-10-17', 'the policy is not escaped once more')
    id = api['id']
    definition(apis, id)
    methods(apis, id, api['rootResourceId'])
    deployments(apis, id)
    exports(apis, id)
    account(apis, id)
    domains(apis, id)
    tags(apis, id)
    apis.update_rest_api(restApiId=id, patchOperations=change('/description', 'new') + change('/binaryMediaTypes/image~1png', '', 'add'))
    found = apis.get_rest_api(restApiId=id)
    apis.expect('update_rest_api', found['description'] == 'new' and found['binaryMediaTypes'] == ['image/png'], f'the API is now {found}')
    listings(apis)
    apis.delete_rest_api(restApiId=id)
    apis.refused('NotFoundException', 'get_rest_api', restApiId=id)


def definition(apis, id):
    apis.create_model(restApiId=id, name='Peer', contentType='application/json', schema='{"type":"object"}')
    apis.get_model(restApiId=id, modelName='Peer')
    names = {each['name'] for each in apis.get_models(restApiId=id)['items']}
    apis.expect('get_models', names == {'Empty', 'Error', 'Peer'}, f'the models are {names}')
    apis.update_model(restApiId=id, modelName='Peer', patchOperations=change('/description', 'd'))
    validator = apis.create_request_validator(restApiId=id, name='v', validateRequestBody=True)['id']
    apis.get_request_validator(restApiId=id, requestValidatorId=validator)
    apis.get_request_validators(restApiId=id)
    apis.update_request_validator(restApiId=id, requestValidatorId=validator, patchOperations=change('/validateRequestParameters', 'true'))
    apis.delete_request_validator(restApiId=id, requestValidatorId=validator)
    made = apis.create_authorizer(restApiId=id, name='crew', type='TOKEN', authorizerUri=INVOCATION, identitySource='method.request.header.Authorization')['id']
    apis.get_authorizer(restApiId=id, authorizerId=made)
    apis.get_authorizers(restApiId=id)
    apis.update_authorizer(restApiId=id, authorizerId=made, patchOperations=change('/authorizerResultTtlInSeconds', '60'))
    apis.refused('BadRequestException', 'create_authorizer', restApiId=id, name='x', type='TOKEN', authorizerUri='arn:aws:lambda:x', identitySource='a')
    apis.delete_authorizer(restApiId=id, authorizerId=made)
    apis.put_gateway_response(restApiId=id, responseType='DEFAULT_4XX', responseParameters={'gatewayresponse.header.A': "'b'"})
    apis.get_gateway_response(restApiId=id, responseType='DEFAULT_4XX')
    found = [each for page in apis.pages('get_gateway_responses', restApiId=id, PaginationConfig={'PageSize': 10}) for each in page['items']]
    apis.expect('get_gateway_responses', len(found) == 21 and [each['responseType'] for each in found if not each['defaultResponse']] == ['DEFAULT_4XX'], f'{len(found)} gateway responses')
    apis.delete_gateway_response(restApiId=id, responseType='DEFAULT_4XX')
    part = apis.create_documentation_part(restApiId=id, location={'type': 'API'}, properties='{"description":"x"}')['id']
    apis.get_documentation_part(restApiId=id, documentationPartId=part)
    apis.get_documentation_parts(restApiId=id)
    apis.update_documentation_part(restApiId=id, documentationPartId=part, patchOperations=change('/properties', '{}'))
    apis.create_documentation_version(restApiId=id, documentationVersion='1', description='first')
    apis.get_documentation_version(restApiId=id, documentationVersion='1')
    apis.get_documentation_versions(restApiId=id)
    apis.update_documentation_version(restApiId=id, documentationVersion='1', patchOperations=change('/description', 'x'))
    apis.delete_documentation_version(restApiId=id, documentationVersion='1')
    apis.delete_documentation_part(restApiId=id, documentationPartId=part)


def methods(apis, id, root):
    resource = apis.create_resource(restApiId=id, parentId=root, pathPart='boats')['id']
    below = apis.create_resource(restApiId=id, parentId=resource, pathPart='{boat}')['id']
    apis.refused('ConflictException', 'create_resource', restApiId=id, parentId=root, pathPart='boats')
    where = {'restApiId': id, 'resourceId': resource, 'httpMethod': 'GET'}
    apis.put_method(**where, authorizationType='NONE', apiKeyRequired=True, requestParameters={'method.request.querystring.q': False})
    apis.refused('ConflictException', 'put_method', **where, authorizationType='NONE')
    apis.refused('BadRequestException', 'put_method', restApiId=id, resourceId=resource, httpMethod='POST', authorizationType='CUSTOM', authorizerId='nobody')
    apis.get_method(**where)
    apis.update_method(**where, patchOperations=change('/operationName', 'boats'))
    apis.put_method_response(**where, statusCode='200', responseModels={'application/json': 'Peer'}, responseParameters={'method.response.header.A': False})
    apis.get_method_response(**where, statusCode='200')
    apis.update_method_response(**where, statusCode='200', patchOperations=change('/responseParameters/method.response.header.B', 'true', 'add'))
    apis.refused('BadRequestException', 'put_integration', **where, type='AWS_PROXY', integrationHttpMethod='POST', uri='arn:aws:lambda:nowhere')
    apis.put_integration(**where, type='AWS', integrationHttpMethod='POST', uri=INVOCATION, requestParameters={'integration.request.header.X': "'y'"}, timeoutInMillis=5000)
    apis.get_integration(**where)
    apis.update_integration(**where, patchOperations=change('/timeoutInMillis', '6000'))
    apis.put_integration_response(**where, statusCode='200', selectionPattern='ok.*', responseTemplates={'application/json': ''})
    apis.get_integration_response(**where, statusCode='200')
    apis.update_integration_response(**where, statusCode='200', patchOperations=change('/selectionPattern', '.*'))
    apis.get_resource(restApiId=id, resourceId=resource, embed=['methods'])
    pages = apis.pages('get_resources', restApiId=id, embed=['methods'], PaginationConfig={'PageSize': 2})
    found = {each['path']: each for page in pages for each in page['items']}
    apis.expect('get_resources', set(found) == {'/', '/boats', '/boats/{boat}'} and len(pages) == 2, f'{len(pages)} pages with {sorted(found)}')
    whole = found['/boats']['resourceMethods']['GET']['methodIntegration']
    apis.expect('get_resources', whole['timeoutInMillis'] == 6000 and '200' in whole['integrationResponses'], f'embedded is {whole}')
    apis.refused('ConflictException', 'delete_model', restApiId=id, modelName='Peer')
    apis.delete_model(restApiId=id, modelName='Error')
    other = {**where, 'resourceId': below}
    apis.put_method(**other, authorizationType='NONE')
    apis.refused('BadRequestException', 'create_deployment', restApiId=id)
    apis.put_integration(**other, type='MOCK')
    apis.put_method_response(**other, statusCode='404')
    apis.put_integration_response(**other, statusCode='404')
    apis.delete_integration_response(**other, statusCode='404')
    apis.delete_method_response(**other, statusCode='404')
    apis.delete_integration(**other)
    apis.delete_method(**other)
    apis.delete_resource(restApiId=id, resourceId=below)


def deployments(apis, id):
    first = apis.create_deployment(restApiId=id, stageName='live', description='first', variables={'a': 'b'})['id']
    apis.get_deployment(restApiId=id, deploymentId=first, embed=['apisummary'])
    apis.get_deployments(restApiId=id)
    apis.update_deployment(restApiId=id, deploymentId=first, patchOperations=change('/description', 'x'))
    second = apis.create_deployment(restApiId=id)['id']
    apis.refused('BadRequestException', 'create_stage', restApiId=id, stageName='x', deploymentId='nothing')
    apis.create_stage(restApiId=id, stageName='test', deploymentId=second, variables={'c': 'd'}, canarySettings={'percentTraffic': 5.5, 'deploymentId': first})
    stage = apis.update_stage(restApiId=id, stageName='test', patchOperations=change('/*/*/logging/loglevel', 'INFO') + change('/~1boats/GET/throttling/rateLimit', '2.5') + change('/variables/e', 'f'))
    apis.expect('update_stage', stage['methodSettings']['~1boats/GET']['throttlingRateLimit'] == 2.5 and stage['variables']['e'] == 'f', f'the stage is {stage}')
    apis.get_stage(restApiId=id, stageName='test')
    names = [each['stageName'] for each in apis.get_stages(restApiId=id)['item']]
    apis.expect('get_stages', names == ['live', 'test'], f'the stages are {names}')
    apis.refused('BadRequestException', 'delete_deployment', restApiId=id, deploymentId=second)
    apis.delete_stage(restApiId=id, stageName='test')
    apis.delete_deployment(restApiId=id, deploymentId=second)


def exports(apis, id):
    where = {'stageName': 'live', 'exportType': 'oas30', 'parameters': {'extensions': 'apigateway'}, 'accepts': 'application/json'}
    body = apis.get_export(restApiId=id, **where)['body'].read()
    copy = apis.import_rest_api(body=body, parameters={'endpointConfigurationTypes': 'REGIONAL'})['id']
    apis.put_rest_api(restApiId=copy, mode='overwrite', body=body)
    apis.create_deployment(restApiId=copy, stageName='live')
    again = apis.get_export(restApiId=copy, **where)['body'].read()
    same = json.loads(body)['paths'] == json.loads(again)['paths']
    apis.expect('import_rest_api', same, 'an export of what was imported is another')
    apis.delete_rest_api(restApiId=copy)


def account(apis, id):
    apis.get_account()
    apis.update_account(patchOperations=change('/cloudwatchRoleArn', 'arn:aws:iam::782785212866:role/service-role/tide-table-role'))
    key = apis.create_api_key(name='peer', enabled=True, value='peer-' + 'x' * 20)
    apis.expect('create_api_key', key['value'].startswith('peer-'), 'the value is not answered')
    apis.expect('get_api_key', 'value' not in apis.get_api_key(apiKey=key['id']), 'the value is there unasked')
    apis.expect('get_api_key', apis.get_api_key(apiKey=key['id'], includeValue=True)['value'] == key['value'], 'the value is not there')
    apis.expect('get_api_keys', all('value' not in each for each in apis.get_api_keys()['items']), 'values are there unasked')
    apis.get_api_keys(includeValues=True)
    apis.update_api_key(apiKey=key['id'], patchOperations=change('/enabled', 'false'))
    plan = apis.create_usage_plan(name='peer', apiStages=[{'apiId': id, 'stage': 'live'}], throttle={'burstLimit': 2, 'rateLimit': 1.5}, quota={'limit': 10, 'period': 'DAY'})['id']
    apis.refused('NotFoundException', 'create_usage_plan', name='x', apiStages=[{'apiId': id, 'stage': 'nowhere'}])
    apis.get_usage_plan(usagePlanId=plan)
    apis.get_usage_plans()
    apis.update_usage_plan(usagePlanId=plan, patchOperations=change('/apiStages', f'{id}:live', 'remove') + change('/throttle/rateLimit', '2'))
    apis.create_usage_plan_key(usagePlanId=plan, keyId=key['id'], keyType='API_KEY')
    apis.get_usage_plan_key(usagePlanId=plan, keyId=key['id'])
    apis.get_usage_plan_keys(usagePlanId=plan)
    apis.delete_usage_plan_key(usagePlanId=plan, keyId=key['id'])
    apis.delete_usage_plan(usagePlanId=plan)
    apis.delete_api_key(apiKey=key['id'])
    link = apis.create_vpc_link(name='peer', targetArns=['arn:aws:elasticloadbalancing:us-west-2:782785212866:loadbalancer/net/x/1'])['id']
    apis.get_vpc_link(vpcLinkId=link)
    apis.get_vpc_links()
    apis.update_vpc_link(vpcLinkId=link, patchOperations=change('/description', 'x'))
    apis.delete_vpc_link(vpcLinkId=link)
    certificate = apis.generate_client_certificate(description='peer')['clientCertificateId']
    apis.get_client_certificate(clientCertificateId=certificate)
    apis.get_client_certificates()
    apis.update_client_certificate(clientCertificateId=certificate, patchOperations=change('/description', 'x'))
    apis.delete_client_certificate(clientCertificateId=certificate)


def domains(apis, id):
    apis.refused('BadRequestException', 'create_domain_name', domainName='peer.sailjada.com', endpointConfiguration={'types': ['REGIONAL']}, regionalCertificateArn='nothing')
    apis.create_domain_name(domainName='peer.sailjada.com', endpointConfiguration={'types': ['REGIONAL']}, regionalCertificateArn=CERTIFICATE)
    apis.get_domain_name(domainName='peer.sailjada.com')
    apis.get_domain_names()
    apis.update_domain_name(domainName='peer.sailjada.com', patchOperations=change('/securityPolicy', 'TLS_1_2'))
    apis.create_base_path_mapping(domainName='peer.sailjada.com', restApiId=id, stage='live')
    apis.create_base_path_mapping(domainName='peer.sailjada.com', restApiId=id, stage='live', basePath='boats')
    apis.get_base_path_mapping(domainName='peer.sailjada.com', basePath='(none)')
    paths = {each['basePath'] for each in apis.get_base_path_mappings(domainName='peer.sailjada.com')['items']}
    apis.expect('get_base_path_mappings', paths == {'(none)', 'boats'}, f'the paths are {paths}')
    apis.update_base_path_mapping(domainName='peer.sailjada.com', basePath='boats', patchOperations=change('/stage', 'live'))
    apis.refused('BadRequestException', 'delete_rest_api', restApiId=id)
    apis.delete_base_path_mapping(domainName='peer.sailjada.com', basePath='boats')
    apis.delete_domain_name(domainName='peer.sailjada.com')


def tags(apis, id):
    arn = f'arn:aws:apigateway:us-west-2::/restapis/{id}'
    apis.tag_resource(resourceArn=arn, tags={'b': 'ä'})
    apis.untag_resource(resourceArn=arn, tagKeys=['a'])
    found = apis.get_tags(resourceArn=arn)['tags']
    apis.expect('get_tags', found == {'b': 'ä'}, f'the tags are {found}')


def listings(apis):
    pages = apis.pages('get_rest_apis', PaginationConfig={'PageSize': 2})
    ids = [each['id'] for page in pages for each in page['items']]
    apis.expect('get_rest_apis', len(pages) == 2 and len(set(ids)) == 4 and API in ids, f'{len(pages)} pages hold {ids}')
