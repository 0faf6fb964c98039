def run(peer):
    sts = peer.client('sts')
    identity = sts.get_caller_identity()
    sts.expect('get_caller_identity', identity['Account'] == '782785212866', f'the account is {identity["Account"]}')
