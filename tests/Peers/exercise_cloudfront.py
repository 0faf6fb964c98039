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


def settle(front, identifier):
    """The sandbox deploys in a moment, CloudFront in minutes."""
    for _ in range(60):
        if front.get_distribution(Id=identifier)['Distribution']['Status'] != 'InProgress':
            return
        time.sleep(0.2)


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
    front.delete_public_key(Id=identifier, IfMatch=etag)
