def run(peer):
    sts = peer.client('sts')
    identity = sts.get_caller_identity()
    sts.expect('get_caller_identity', identity['Account'] == '782785212866', f'the account is {identity["Account"]}')
    role = sts.assume_role(RoleArn='arn:aws:iam::782785212866:role/jada-release', RoleSessionName='peer')
    sts.expect('assume_role', role['Credentials']['SessionToken'], 'no session token is handed out')
    sts.get_session_token(DurationSeconds=3600)
    sts.get_access_key_info(AccessKeyId='AKIAJADASANDBOX00001')
