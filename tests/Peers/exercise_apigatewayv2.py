import json

FUNCTION = 'arn:aws:lambda:us-west-2:782785212866:function:tide-table'
INVOCATION = f'arn:aws:apigateway:us-west-2:lambda:path/2015-03-31/functions/{FUNCTION}/invocations'
CERTIFICATE = 'arn:aws:acm:us-west-2:782785212866:certificate/6a1f0c52-1b7e-4c8e-9d52-0d4b8e2f7a31'


def run(peer):
    apis = peer.client('apigatewayv2')
    api = apis.create_api(Name='peer', ProtocolType='HTTP', CorsConfiguration={'AllowOrigins': ['*']}, Tags={'a': '1'})
    id = api['ApiId']
    apis.get_api(ApiId=id)
    apis.update_api(ApiId=id, Description='for peers')
    routes(apis, id)
    stages(apis, id)
    exports(apis, id)
    domains(apis, id)
    sockets(apis)
    link = apis.create_vpc_link(Name='peer', SubnetIds=['subnet-1'])['VpcLinkId']
    apis.get_vpc_link(VpcLinkId=link)
    apis.get_vpc_links()
    apis.update_vpc_link(VpcLinkId=link, Name='other')
    apis.delete_vpc_link(VpcLinkId=link)
    arn = f'arn:aws:apigateway:us-west-2::/apis/{id}'
    apis.tag_resource(ResourceArn=arn, Tags={'b': 'ä'})
    apis.untag_resource(ResourceArn=arn, TagKeys=['a'])
    found = apis.get_tags(ResourceArn=arn)['Tags']
    apis.expect('get_tags', found == {'b': 'ä'}, f'the tags are {found}')
    pages = apis.pages('get_apis', PaginationConfig={'PageSize': 3})
    names = [each['Name'] for page in pages for each in page['Items']]
    apis.expect('get_apis', len(pages) == 2 and sorted(names) == ['contact-forms', 'hooks', 'peer', 'tides'], f'{len(pages)} pages hold {names}')
    apis.delete_api(ApiId=id)
    apis.refused('NotFoundException', 'get_api', ApiId=id)


def routes(apis, id):
    apis.refused('BadRequestException', 'create_deployment', ApiId=id)
    apis.refused('BadRequestException', 'create_integration', ApiId=id, IntegrationType='AWS_PROXY', IntegrationUri='arn:aws:lambda:nowhere', PayloadFormatVersion='2.0')
    made = apis.create_integration(ApiId=id, IntegrationType='AWS_PROXY', IntegrationUri=FUNCTION, PayloadFormatVersion='2.0', RequestParameters={'append:header.X': 'y'})['IntegrationId']
    apis.get_integration(ApiId=id, IntegrationId=made)
    apis.get_integrations(ApiId=id)
    apis.update_integration(ApiId=id, IntegrationId=made, TimeoutInMillis=5000)
    authorizer = apis.create_authorizer(ApiId=id, Name='crew', AuthorizerType='JWT', IdentitySource=['$request.header.Authorization'], JwtConfiguration={'Issuer': 'https://a.example', 'Audience': ['b']})['AuthorizerId']
    apis.get_authorizer(ApiId=id, AuthorizerId=authorizer)
    apis.get_authorizers(ApiId=id)
    apis.update_authorizer(ApiId=id, AuthorizerId=authorizer, Name='crews')
    apis.refused('BadRequestException', 'create_route', ApiId=id, RouteKey='nonsense')
    apis.refused('BadRequestException', 'create_route', ApiId=id, RouteKey='GET /x', Target='integrations/nothing')
    route = apis.create_route(ApiId=id, RouteKey='GET /boats/{boat}', Target=f'integrations/{made}', AuthorizationType='JWT', AuthorizerId=authorizer, AuthorizationScopes=['crew'])['RouteId']
    apis.refused('ConflictException', 'create_route', ApiId=id, RouteKey='GET /boats/{boat}')
    apis.get_route(ApiId=id, RouteId=route)
    apis.get_routes(ApiId=id)
    apis.update_route(ApiId=id, RouteId=route, OperationName='boat')
    apis.create_route(ApiId=id, RouteKey='$default', Target=f'integrations/{made}')
    apis.refused('ConflictException', 'delete_integration', ApiId=id, IntegrationId=made)
    apis.refused('ConflictException', 'delete_authorizer', ApiId=id, AuthorizerId=authorizer)
    other = apis.create_route(ApiId=id, RouteKey='GET /other')['RouteId']
    apis.delete_route(ApiId=id, RouteId=other)
    spare = apis.create_integration(ApiId=id, IntegrationType='HTTP_PROXY', IntegrationUri='https://a.example', IntegrationMethod='GET', PayloadFormatVersion='1.0')['IntegrationId']
    apis.delete_integration(ApiId=id, IntegrationId=spare)
    unused = apis.create_authorizer(ApiId=id, Name='guests', AuthorizerType='REQUEST', IdentitySource=['$request.header.A'], AuthorizerUri=INVOCATION, AuthorizerPayloadFormatVersion='2.0')['AuthorizerId']
    apis.delete_authorizer(ApiId=id, AuthorizerId=unused)


def stages(apis, id):
    first = apis.create_deployment(ApiId=id, Description='first')['DeploymentId']
    apis.get_deployment(ApiId=id, DeploymentId=first)
    apis.get_deployments(ApiId=id)
    apis.update_deployment(ApiId=id, DeploymentId=first, Description='x')
    apis.create_stage(ApiId=id, StageName='live', DeploymentId=first, StageVariables={'a': 'b'}, RouteSettings={'GET /boats/{boat}': {'ThrottlingRateLimit': 1.5}})
    apis.refused('NotFoundException', 'create_stage', ApiId=id, StageName='x', RouteSettings={'GET /nowhere': {}})
    apis.get_stage(ApiId=id, StageName='live')
    automatic = apis.create_stage(ApiId=id, StageName='$default', AutoDeploy=True)
    apis.expect('create_stage', automatic['DeploymentId'] != first, 'the stage does not deploy by itself')
    apis.update_stage(ApiId=id, StageName='$default', StageVariables={'c': 'd'})
    apis.update_stage(ApiId=id, StageName='$default', RouteSettings={'GET /boats/{boat}': {'ThrottlingBurstLimit': 5}}, AccessLogSettings={'DestinationArn': 'arn:aws:logs:us-west-2:782785212866:log-group:peer', 'Format': '$context.requestId'})
    apis.delete_route_settings(ApiId=id, StageName='$default', RouteKey='GET /boats/{boat}')
    apis.delete_access_log_settings(ApiId=id, StageName='$default')
    bare = apis.get_stage(ApiId=id, StageName='$default')
    apis.expect('delete_route_settings', bare['RouteSettings'] == {}, f'the settings are {bare["RouteSettings"]}')
    apis.expect('delete_access_log_settings', 'AccessLogSettings' not in bare, f'the stage is {bare}')
    before = apis.get_stage(ApiId=id, StageName='$default')['DeploymentId']
    route = apis.create_route(ApiId=id, RouteKey='GET /late', Target=apis.get_routes(ApiId=id)['Items'][0]['Target'])['RouteId']
    after = apis.get_stage(ApiId=id, StageName='$default')['DeploymentId']
    apis.expect('create_route', before != after, 'a stage that deploys by itself does not serve a new route')
    apis.delete_route(ApiId=id, RouteId=route)
    apis.delete_cors_configuration(ApiId=id)
    apis.expect('delete_cors_configuration', 'CorsConfiguration' not in apis.get_api(ApiId=id), 'the configuration is still there')
    names = [each['StageName'] for each in apis.get_stages(ApiId=id)['Items']]
    apis.expect('get_stages', names == ['$default', 'live'], f'the stages are {names}')
    apis.refused('BadRequestException', 'delete_deployment', ApiId=id, DeploymentId=first)
    apis.create_deployment(ApiId=id, StageName='live')
    apis.delete_deployment(ApiId=id, DeploymentId=first)
    apis.delete_stage(ApiId=id, StageName='$default')


def exports(apis, id):
    where = {'Specification': 'OAS30', 'OutputType': 'JSON', 'StageName': 'live'}
    body = apis.export_api(ApiId=id, **where)['body'].read().decode()
    copy = apis.import_api(Body=body)['ApiId']
    apis.reimport_api(ApiId=copy, Body=body)
    again = apis.export_api(ApiId=copy, Specification='OAS30', OutputType='JSON')['body'].read()
    apis.expect('import_api', json.loads(body)['paths'] == json.loads(again)['paths'], 'an export of what was imported is another')
    apis.delete_api(ApiId=copy)


def domains(apis, id):
    apis.create_domain_name(DomainName='peer.sailjada.com', DomainNameConfigurations=[{'CertificateArn': CERTIFICATE, 'EndpointType': 'REGIONAL'}], Tags={'a': 'b'})
    apis.get_domain_name(DomainName='peer.sailjada.com')
    names = [each['DomainName'] for each in apis.get_domain_names()['Items']]
    apis.expect('get_domain_names', names == ['hooks.sailjada.com', 'peer.sailjada.com'], f'the names are {names}')
    made = apis.create_api_mapping(DomainName='peer.sailjada.com', ApiId=id, Stage='live', ApiMappingKey='boats/fast')['ApiMappingId']
    apis.refused('BadRequestException', 'create_api_mapping', DomainName='peer.sailjada.com', ApiId=id, Stage='nowhere', ApiMappingKey='x')
    apis.get_api_mapping(DomainName='peer.sailjada.com', ApiMappingId=made)
    apis.get_api_mappings(DomainName='peer.sailjada.com')
    moved = apis.update_api_mapping(DomainName='peer.sailjada.com', ApiMappingId=made, ApiId=id, ApiMappingKey='boats/slow')
    apis.expect('update_api_mapping', (moved['ApiMappingId'], moved['ApiMappingKey'], moved['Stage']) == (made, 'boats/slow', 'live'), f'the mapping is {moved}')
    apis.refused('BadRequestException', 'update_api_mapping', DomainName='peer.sailjada.com', ApiMappingId=made, ApiId=id, Stage='nowhere')
    apis.expect('update_api_mapping', apis.get_api_mapping(DomainName='peer.sailjada.com', ApiMappingId=made)['Stage'] == 'live', 'a refused update changes the mapping')
    apis.update_domain_name(DomainName='peer.sailjada.com', DomainNameConfigurations=[{'CertificateArn': CERTIFICATE, 'EndpointType': 'REGIONAL', 'SecurityPolicy': 'TLS_1_2'}], RoutingMode='ROUTING_RULE_THEN_API_MAPPING')
    changed = apis.get_domain_name(DomainName='peer.sailjada.com')
    apis.expect('update_domain_name', (changed['RoutingMode'], changed['Tags']) == ('ROUTING_RULE_THEN_API_MAPPING', {'a': 'b'}), f'the name is {changed}')
    apis.update_domain_name(DomainName='peer.sailjada.com', RoutingMode='API_MAPPING_ONLY')
    apis.delete_api_mapping(DomainName='peer.sailjada.com', ApiMappingId=made)
    apis.refused('BadRequestException', 'create_routing_rule', DomainName='peer.sailjada.com', Priority=1, Conditions=[], Actions=[])
    apis.delete_domain_name(DomainName='peer.sailjada.com')
    rules(apis, id)


def rules(apis, id):
    apis.create_domain_name(DomainName='rules.sailjada.com', DomainNameConfigurations=[{'CertificateArn': CERTIFICATE, 'EndpointType': 'REGIONAL'}], RoutingMode='ROUTING_RULE_ONLY')
    rule = apis.create_routing_rule(DomainName='rules.sailjada.com', Priority=5, Conditions=[{'MatchBasePaths': {'AnyOf': ['boats']}}],
                                    Actions=[{'InvokeApi': {'ApiId': id, 'Stage': 'live', 'StripBasePath': True}}])['RoutingRuleId']
    apis.put_routing_rule(DomainName='rules.sailjada.com', RoutingRuleId=rule, Priority=5, Conditions=[{'MatchBasePaths': {'AnyOf': ['ships']}}],
                          Actions=[{'InvokeApi': {'ApiId': id, 'Stage': 'live'}}])
    put = apis.get_routing_rule(DomainName='rules.sailjada.com', RoutingRuleId=rule)
    apis.expect('put_routing_rule', put['Conditions'] == [{'MatchBasePaths': {'AnyOf': ['ships']}}], f'the rule is {put}')
    apis.get_routing_rule(DomainName='rules.sailjada.com', RoutingRuleId=rule)
    found = [each['Priority'] for each in apis.list_routing_rules(DomainName='rules.sailjada.com')['RoutingRules']]
    apis.expect('list_routing_rules', found == [5], f'the priorities are {found}')
    apis.delete_routing_rule(DomainName='rules.sailjada.com', RoutingRuleId=rule)
    apis.delete_domain_name(DomainName='rules.sailjada.com')


def request_parameters(apis, id):
    route = apis.create_route(ApiId=id, RouteKey='asked', RequestParameters={'route.request.querystring.a': {'Required': True}, 'route.request.querystring.b': {'Required': False}})['RouteId']
    apis.delete_route_request_parameter(ApiId=id, RouteId=route, RequestParameterKey='route.request.querystring.a')
    left = apis.get_route(ApiId=id, RouteId=route)['RequestParameters']
    apis.expect('delete_route_request_parameter', list(left) == ['route.request.querystring.b'], f'the parameters are {left}')
    apis.delete_route(ApiId=id, RouteId=route)


def sockets(apis):
    apis.refused('BadRequestException', 'create_api', Name='chat', ProtocolType='WEBSOCKET')
    id = apis.create_api(Name='chat', ProtocolType='WEBSOCKET', RouteSelectionExpression='$request.body.action')['ApiId']
    made = apis.create_integration(ApiId=id, IntegrationType='AWS', IntegrationUri=INVOCATION, RequestTemplates={'a': 'b'})['IntegrationId']
    response = apis.create_integration_response(ApiId=id, IntegrationId=made, IntegrationResponseKey='$default')['IntegrationResponseId']
    apis.get_integration_response(ApiId=id, IntegrationId=made, IntegrationResponseId=response)
    apis.get_integration_responses(ApiId=id, IntegrationId=made)
    apis.update_integration_response(ApiId=id, IntegrationId=made, IntegrationResponseId=response, ResponseTemplates={'a': 'b'})
    apis.delete_integration_response(ApiId=id, IntegrationId=made, IntegrationResponseId=response)
    request_parameters(apis, id)
    route = apis.create_route(ApiId=id, RouteKey='say', Target=f'integrations/{made}', RouteResponseSelectionExpression='$default')['RouteId']
    response = apis.create_route_response(ApiId=id, RouteId=route, RouteResponseKey='$default')['RouteResponseId']
    apis.get_route_response(ApiId=id, RouteId=route, RouteResponseId=response)
    apis.get_route_responses(ApiId=id, RouteId=route)
    apis.update_route_response(ApiId=id, RouteId=route, RouteResponseId=response, ModelSelectionExpression='$default')
    apis.delete_route_response(ApiId=id, RouteId=route, RouteResponseId=response)
    model = apis.create_model(ApiId=id, Name='Message', Schema='{}')['ModelId']
    apis.get_model(ApiId=id, ModelId=model)
    apis.get_models(ApiId=id)
    apis.update_model(ApiId=id, ModelId=model, Description='x')
    apis.delete_model(ApiId=id, ModelId=model)
    apis.refused('BadRequestException', 'export_api', ApiId=id, Specification='OAS30', OutputType='JSON')
    apis.delete_api(ApiId=id)
