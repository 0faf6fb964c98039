import time


def config(reference, **more):
    return {
        'CallerReference': reference, 'Comment': 'for <peers> & others', 'Enabled': True,
        'Origins': {'Quantity': 1, 'Items': [{
            'Id': 'origin', 'DomainName': 'jada-media.s3.us-west-2.amazonaws.com', 'OriginPath': '',
            'CustomHeaders': {'Quantity': 1, 'Items': [{'HeaderName': 'X-Peer', 'HeaderValue': 'ä & <b>'}]},
            'S3OriginConfig': {'OriginAccessIdentity': ''}}]},
        'DefaultCacheBehavior': {'TargetOriginId': 'origin', 'ViewerProtocolPolicy': 'redirect-to-https', 'CachePolicyId': '658327ea-f89d-4fab-a63d-7e88639e58f6'},
    } | more


def run(peer):
    front = peer.client('cloudfront', 'us-east-1')
    distributions(front)
    access(front)
    functions(front)
    policies(front)
    keys(front)
    stores(front)
    logs(front)
    monitoring(front)
    deployments(front)


def settle(front, identifier):
    """The sandbox deploys in a moment, CloudFront in minutes."""
    for _ in range(60):
        if front.get_distribution(Id=identifier)['Distribution']['Status'] != 'InProgress':
            return
        time.sleep(0.2)


def moves(front, target):
    """An alias of the estate goes to a distribution with the same certificate, and back."""
    items = [each for page in front.pages('list_distributions') for each in page['DistributionList']['Items']]
    source = next(each for each in items if each['Aliases']['Quantity'] == 1 and each['ViewerCertificate'].get('ACMCertificateArn'))
    alias = source['Aliases']['Items'][0]
    front.refused('InvalidArgument', 'associate_alias', TargetDistributionId=target, Alias=alias)
    got = front.get_distribution_config(Id=target)
    front.update_distribution(Id=target, IfMatch=str(got['ETag']), DistributionConfig=got['DistributionConfig'] | {'ViewerCertificate': source['ViewerCertificate']})
    conflicts = front.list_conflicting_aliases(DistributionId=target, Alias=alias)['ConflictingAliasesList']['Items']
    front.expect('list_conflicting_aliases', [(each['Alias'], source['Id'].endswith(each['DistributionId'].strip('*'))) for each in conflicts] == [(alias, True)], f'they are {conflicts}')
    before = front.get_distribution(Id=source['Id'])['ETag']
    front.associate_alias(TargetDistributionId=target, Alias=alias)
    now = front.get_distribution_config(Id=target)['DistributionConfig']['Aliases']
    front.expect('associate_alias', now == {'Quantity': 1, 'Items': [alias]}, f'the aliases are {now}')
    left = front.get_distribution(Id=source['Id'])
    front.expect('associate_alias', left['Distribution']['DistributionConfig']['Aliases']['Quantity'] == 0 and left['ETag'] != before, f'the source is {left}')
    front.associate_alias(TargetDistributionId=source['Id'], Alias=alias)


def distributions(front):
    made = front.create_distribution(DistributionConfig=config('peer-1'))
    identifier, etag = str(made['Distribution']['Id'] or 'E0NOTHING'), str(made['ETag'] or 'E0')
    arn = str(made['Distribution']['ARN'] or 'arn:aws:cloudfront::782785212866:distribution/E0NOTHING')
    front.refused('DistributionAlreadyExists', 'create_distribution', DistributionConfig=config('peer-1', Comment='another'))
    front.refused('InvalidViewerCertificate', 'create_distribution', DistributionConfig=config('peer-0', Aliases={'Quantity': 1, 'Items': ['peer.example']}))
    tagged = front.create_distribution_with_tags(DistributionConfigWithTags={'DistributionConfig': config('peer-2', Enabled=False), 'Tags': {'Items': [{'Key': 'a', 'Value': '1'}]}})
    got = front.get_distribution_config(Id=identifier)
    front.expect('get_distribution_config', got['DistributionConfig']['Comment'] == 'for <peers> & others', 'the comment is not what was given')
    header = got['DistributionConfig']['Origins']['Items'][0]['CustomHeaders']['Items'] if got else []
    front.expect('get_distribution_config', header == [{'HeaderName': 'X-Peer', 'HeaderValue': 'ä & <b>'}], f'the headers are {header}')
    changed = dict(got['DistributionConfig'], Comment='changed', Enabled=False)
    front.refused('PreconditionFailed', 'update_distribution', Id=identifier, IfMatch='E0WRONG', DistributionConfig=changed)
    etag = str(front.update_distribution(Id=identifier, IfMatch=etag, DistributionConfig=changed)['ETag'] or 'E0')

    moves(front, identifier)
    etag = str(front.get_distribution_config(Id=identifier)['ETag'] or 'E0')
    front.tag_resource(Resource=arn, Tags={'Items': [{'Key': 'b', 'Value': 'ä'}]})
    found = front.list_tags_for_resource(Resource=arn)['Tags']
    front.expect('list_tags_for_resource', found == {'Items': [{'Key': 'b', 'Value': 'ä'}]}, f'the tags are {found}')
    front.untag_resource(Resource=arn, TagKeys={'Items': ['b']})

    invalidation = front.create_invalidation(DistributionId=identifier, InvalidationBatch={'CallerReference': 'peer-1', 'Paths': {'Quantity': 2, 'Items': ['/*', '/a b/ä?c=1&d']}})
    front.get_invalidation(DistributionId=identifier, Id=str(invalidation['Invalidation']['Id'] or 'I0'))
    front.list_invalidations(DistributionId=identifier)

    front.list_distributions()
    pages = front.pages('list_distributions', PaginationConfig={'PageSize': 20})
    found = [each['Id'] for page in pages for each in page['DistributionList'].get('Items', [])]
    front.expect('list_distributions', len(found) == len(set(found)) == 68 and len(pages) == 4, f'{len(pages)} pages hold {len(found)} distributions')

    settle(front, identifier)
    front.delete_distribution(Id=identifier, IfMatch=etag)
    front.refused('NoSuchDistribution', 'get_distribution', Id=identifier)
    settle(front, str(tagged['Distribution']['Id'] or 'E0NOTHING'))
    front.delete_distribution(Id=str(tagged['Distribution']['Id'] or 'E0NOTHING'), IfMatch=str(tagged['ETag'] or 'E0'))


def cycle(front, noun, plural, create, identify, update=None, get_by='Id', **also):
    """Create, get, get the configuration, update, list, delete: the same for much of CloudFront."""
    made = create()
    identifier, etag = str(identify(made) or 'nothing'), str(made['ETag'] or 'E0')
    known = {get_by: identifier}
    getattr(front, f'get_{noun}')(**known)
    if update:
        getattr(front, f'get_{noun}_config')(**known)
        etag = str(update(identifier, etag)['ETag'] or 'E0')
    getattr(front, f'list_{plural}')(**also)
    getattr(front, f'delete_{noun}')(**known, IfMatch=etag)


def access(front):
    def oac(comment):
        return {'Name': 'peer', 'Description': comment, 'SigningProtocol': 'sigv4', 'SigningBehavior': 'always', 'OriginAccessControlOriginType': 's3'}

    def oai(comment):
        return {'CallerReference': 'peer-1', 'Comment': comment}

    cycle(front, 'origin_access_control', 'origin_access_controls',
          lambda: front.create_origin_access_control(OriginAccessControlConfig=oac('first')),
          lambda made: made['OriginAccessControl']['Id'],
          lambda identifier, etag: front.update_origin_access_control(Id=identifier, IfMatch=etag, OriginAccessControlConfig=oac('second')))
    cycle(front, 'cloud_front_origin_access_identity', 'cloud_front_origin_access_identities',
          lambda: front.create_cloud_front_origin_access_identity(CloudFrontOriginAccessIdentityConfig=oai('first')),
          lambda made: made['CloudFrontOriginAccessIdentity']['Id'],
          lambda identifier, etag: front.update_cloud_front_origin_access_identity(Id=identifier, IfMatch=etag, CloudFrontOriginAccessIdentityConfig=oai('second')))


def functions(front):
    code = b'function handler(event) { return event.request; }\n'
    settings = {'Comment': 'a peer', 'Runtime': 'cloudfront-js-2.0'}
    made = front.create_function(Name='peer', FunctionConfig=settings, FunctionCode=code)
    etag = str(made['ETag'] or 'E0')
    got = front.get_function(Name='peer')
    if got:
        front.expect('get_function', got['FunctionCode'].read() == code, 'the code is not what was sent')
    front.describe_function(Name='peer')
    etag = str(front.update_function(Name='peer', IfMatch=etag, FunctionConfig=settings, FunctionCode=code)['ETag'] or 'E0')
    front.publish_function(Name='peer', IfMatch=etag)
    front.list_functions()
    etag = str(front.describe_function(Name='peer')['ETag'] or 'E0')
    front.delete_function(Name='peer', IfMatch=etag)


def policies(front):
    def cache(comment):
        return {'Name': 'peer', 'Comment': comment, 'MinTTL': 1, 'DefaultTTL': 60, 'MaxTTL': 600, 'ParametersInCacheKeyAndForwardedToOrigin': {
            'EnableAcceptEncodingGzip': True, 'HeadersConfig': {'HeaderBehavior': 'none'}, 'CookiesConfig': {'CookieBehavior': 'none'}, 'QueryStringsConfig': {'QueryStringBehavior': 'all'}}}

    def request(comment):
        return {'Name': 'peer', 'Comment': comment, 'HeadersConfig': {'HeaderBehavior': 'none'}, 'CookiesConfig': {'CookieBehavior': 'none'}, 'QueryStringsConfig': {'QueryStringBehavior': 'all'}}

    def headers(comment):
        return {'Name': 'peer', 'Comment': comment, 'CustomHeadersConfig': {'Quantity': 1, 'Items': [{'Header': 'X-Peer', 'Value': 'yes', 'Override': True}]}}

    for noun, plural, member, document in (('cache_policy', 'cache_policies', 'CachePolicy', cache),
                                           ('origin_request_policy', 'origin_request_policies', 'OriginRequestPolicy', request),
                                           ('response_headers_policy', 'response_headers_policies', 'ResponseHeadersPolicy', headers)):
        cycle(front, noun, plural,
              lambda: getattr(front, f'create_{noun}')(**{f'{member}Config': document('first')}),
              lambda made: made[member]['Id'],
              lambda identifier, etag: getattr(front, f'update_{noun}')(Id=identifier, IfMatch=etag, **{f'{member}Config': document('second')}))


def keys(front):
    public = '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu1SU1LfVLPHCozMxH2Mo\n4lgOEePzNm0tRgeLezV6ffAt0gunVTLw7onLRnrq0/IzW7yWR7QkrmBL7jTKEn5u\n+qKhbwKfBstIs+bMY2Zkp18gnTxKLxoS2tFczGkPLPgizskuemMghRniWaoLcyeh\nkd3qqGElvW/VDL5AaWTg0nLVkjRo9z+40RQzuVaE8AkAFmxZzow3x+VJYKdjykkJ\n0iT9wCS0DRTXu269V264Vf/3jvredZiKRkgwlL9xNAwxXFg0x/XFw005UWVRIkdg\ncKWTjpBP2dPwVZ4WWC+9aGVd+Gyn1o0CLelf4rEjGoXbAAEgAqeGUxrcIlbjXfbc\nmwIDAQAB\n-----END PUBLIC KEY-----\n'
    key = {'CallerReference': 'peer-1', 'Name': 'peer', 'EncodedKey': public}
    made = front.create_public_key(PublicKeyConfig=key)
    identifier, etag = str(made['PublicKey']['Id'] or 'nothing'), str(made['ETag'] or 'E0')
    front.get_public_key(Id=identifier)
    front.get_public_key_config(Id=identifier)
    etag = str(front.update_public_key(Id=identifier, IfMatch=etag, PublicKeyConfig=key | {'Comment': 'a peer'})['ETag'] or 'E0')
    front.list_public_keys()

    def group(comment):
        return {'Name': 'peer', 'Items': [identifier], 'Comment': comment}

    cycle(front, 'key_group', 'key_groups',
          lambda: front.create_key_group(KeyGroupConfig=group('first')),
          lambda made: made['KeyGroup']['Id'],
          lambda group_id, group_tag: front.update_key_group(Id=group_id, IfMatch=group_tag, KeyGroupConfig=group('second')))
    encryption(front, identifier)
    front.delete_public_key(Id=identifier, IfMatch=etag)


def encryption(front, key):
    def entities(pattern):
        return {'Name': 'peer', 'CallerReference': 'peer-1', 'Comment': 'a peer', 'EncryptionEntities': {'Quantity': 1, 'Items': [
            {'PublicKeyId': key, 'ProviderId': 'peer', 'FieldPatterns': {'Quantity': 1, 'Items': [pattern]}}]}}

    made = front.create_field_level_encryption_profile(FieldLevelEncryptionProfileConfig=entities('card'))
    profile, etag = str(made['FieldLevelEncryptionProfile']['Id'] or 'nothing'), str(made['ETag'] or 'E0')
    front.get_field_level_encryption_profile(Id=profile)
    front.get_field_level_encryption_profile_config(Id=profile)
    etag = str(front.update_field_level_encryption_profile(Id=profile, IfMatch=etag, FieldLevelEncryptionProfileConfig=entities('card*'))['ETag'] or 'E0')
    front.list_field_level_encryption_profiles()

    def config(comment):
        return {'CallerReference': 'peer-1', 'Comment': comment, 'ContentTypeProfileConfig': {'ForwardWhenContentTypeIsUnknown': True, 'ContentTypeProfiles': {
            'Quantity': 1, 'Items': [{'Format': 'URLEncoded', 'ProfileId': profile, 'ContentType': 'application/x-www-form-urlencoded'}]}}}

    front.refused('NoSuchFieldLevelEncryptionProfile', 'create_field_level_encryption_config', FieldLevelEncryptionConfig={
        'CallerReference': 'peer-2', 'QueryArgProfileConfig': {'ForwardWhenQueryArgProfileIsUnknown': True, 'QueryArgProfiles': {'Quantity': 1, 'Items': [{'QueryArg': 'a', 'ProfileId': 'P0'}]}}})
    made = front.create_field_level_encryption_config(FieldLevelEncryptionConfig=config('first'))
    identifier, tag = str(made['FieldLevelEncryption']['Id'] or 'nothing'), str(made['ETag'] or 'E0')
    front.get_field_level_encryption(Id=identifier)
    front.get_field_level_encryption_config(Id=identifier)
    tag = str(front.update_field_level_encryption_config(Id=identifier, IfMatch=tag, FieldLevelEncryptionConfig=config('second'))['ETag'] or 'E0')
    front.list_field_level_encryption_configs()
    front.refused('FieldLevelEncryptionProfileInUse', 'delete_field_level_encryption_profile', Id=profile, IfMatch=etag)
    front.delete_field_level_encryption_config(Id=identifier, IfMatch=tag)
    front.delete_field_level_encryption_profile(Id=profile, IfMatch=etag)


def stores(front):
    made = front.create_key_value_store(Name='peer', Comment='a peer', Tags={'Items': [{'Key': 'a', 'Value': '1'}]})
    arn = str(made['KeyValueStore']['ARN'] or 'arn:aws:cloudfront::782785212866:key-value-store/none')
    front.refused('EntityAlreadyExists', 'create_key_value_store', Name='peer')
    front.describe_key_value_store(Name='peer')
    etag = str(front.update_key_value_store(Name='peer', Comment='still a peer', IfMatch=str(made['ETag'] or 'E0'))['ETag'] or 'E0')
    front.list_key_value_stores()
    found = front.list_tags_for_resource(Resource=arn)['Tags']
    front.expect('list_tags_for_resource', found == {'Items': [{'Key': 'a', 'Value': '1'}]}, f'the tags of a store are {found}')
    settings = {'Comment': 'reads', 'Runtime': 'cloudfront-js-2.0', 'KeyValueStoreAssociations': {'Quantity': 1, 'Items': [{'KeyValueStoreARN': arn}]}}
    reader = front.create_function(Name='peer-reads', FunctionConfig=settings, FunctionCode=b'//\n')
    front.refused('CannotDeleteEntityWhileInUse', 'delete_key_value_store', Name='peer', IfMatch=etag)
    front.delete_function(Name='peer-reads', IfMatch=str(reader['ETag'] or 'E0'))
    front.delete_key_value_store(Name='peer', IfMatch=etag)


def logs(front):
    stream = [{'StreamType': 'Kinesis', 'KinesisStreamConfig': {'RoleARN': 'arn:aws:iam::782785212866:role/peer', 'StreamARN': 'arn:aws:kinesis:us-east-1:782785212866:stream/peer'}}]
    made = front.create_realtime_log_config(Name='peer', SamplingRate=50, EndPoints=stream, Fields=['timestamp', 'c-ip'])
    arn = str(made['RealtimeLogConfig']['ARN'] or 'arn:aws:cloudfront::782785212866:realtime-log-config/none')
    front.update_realtime_log_config(ARN=arn, SamplingRate=10, EndPoints=stream, Fields=['timestamp'])
    got = front.get_realtime_log_config(Name='peer')['RealtimeLogConfig']
    front.expect('get_realtime_log_config', got.get('SamplingRate') == 10 and got.get('Fields') == ['timestamp'], f'it is {got}')
    front.list_realtime_log_configs()
    front.delete_realtime_log_config(Name='peer')
    front.refused('NoSuchRealtimeLogConfig', 'get_realtime_log_config', ARN=arn)


def monitoring(front):
    listed = front.list_distributions()['DistributionList'].get('Items', [{'Id': 'E0NOTHING'}])
    free = next((each['Id'] for each in listed if watched(front, each['Id']) is None), 'E0NOTHING')
    enabled = {'RealtimeMetricsSubscriptionConfig': {'RealtimeMetricsSubscriptionStatus': 'Enabled'}}
    front.create_monitoring_subscription(DistributionId=free, MonitoringSubscription=enabled)
    front.refused('MonitoringSubscriptionAlreadyExists', 'create_monitoring_subscription', DistributionId=free, MonitoringSubscription=enabled)
    got = front.get_monitoring_subscription(DistributionId=free)['MonitoringSubscription']
    front.expect('get_monitoring_subscription', got == enabled, f'it is {got}')
    front.delete_monitoring_subscription(DistributionId=free)
    front.refused('NoSuchMonitoringSubscription', 'get_monitoring_subscription', DistributionId=free)


def watched(front, distribution):
    try:
        return front.raw.get_monitoring_subscription(DistributionId=distribution)
    except front.raw.exceptions.NoSuchMonitoringSubscription:
        return None


def deployments(front):
    made = front.create_distribution(DistributionConfig=config('peer-staging', Staging=True, Enabled=False))
    names = {'Quantity': 1, 'Items': [str(made['Distribution']['DomainName'] or 'none.cloudfront.net')]}

    def policy(weight):
        return {'StagingDistributionDnsNames': names, 'Enabled': True, 'TrafficConfig': {'Type': 'SingleWeight', 'SingleWeightConfig': {'Weight': weight}}}

    cycle(front, 'continuous_deployment_policy', 'continuous_deployment_policies',
          lambda: front.create_continuous_deployment_policy(ContinuousDeploymentPolicyConfig=policy(0.05)),
          lambda made: made['ContinuousDeploymentPolicy']['Id'],
          lambda identifier, etag: front.update_continuous_deployment_policy(Id=identifier, IfMatch=etag, ContinuousDeploymentPolicyConfig=policy(0.1)))
    settle(front, str(made['Distribution']['Id'] or 'E0NOTHING'))
    front.delete_distribution(Id=str(made['Distribution']['Id'] or 'E0NOTHING'), IfMatch=str(made['ETag'] or 'E0'))
