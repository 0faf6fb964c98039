ALIAS = 'alias/peer'
CONTEXT = {'store': 'peer', 'resource': 'ä'}


def run(peer):
    keys = peer.client('kms')
    arn = keys.create_key(Description='for peers')['KeyMetadata']['Arn']
    keys.create_alias(AliasName=ALIAS, TargetKeyId=arn)
    keys.refused('AlreadyExistsException', 'create_alias', AliasName=ALIAS, TargetKeyId=arn)
    for name in (arn, ALIAS):
        found = keys.describe_key(KeyId=name)['KeyMetadata']
        keys.expect('describe_key', found['Arn'] == arn, f'{name} names {found["Arn"]}')
    keys.refused('NotFoundException', 'describe_key', KeyId='alias/none')
    pages = keys.pages('list_keys', PaginationConfig={'PageSize': 1})
    listed = [each['KeyArn'] for page in pages for each in page['Keys']]
    keys.expect('list_keys', len(pages) >= 2 and len(listed) == len(set(listed)) and arn in listed, f'the keys are {listed}')
    aliases = keys.list_aliases()['Aliases']
    keys.expect('list_aliases', {'alias/jada-snapshots', ALIAS} <= {each['AliasName'] for each in aliases}, f'the aliases are {aliases}')

    sealed = keys.encrypt(KeyId=ALIAS, Plaintext=b'hidden', EncryptionContext=CONTEXT)['CiphertextBlob']
    opened = keys.decrypt(CiphertextBlob=sealed, EncryptionContext=CONTEXT)
    keys.expect('decrypt', opened['Plaintext'] == b'hidden' and opened['KeyId'] == arn, f'the plaintext is {opened.get("Plaintext")}')
    keys.refused('InvalidCiphertextException', 'decrypt', CiphertextBlob=sealed)
    keys.refused('InvalidCiphertextException', 'decrypt', CiphertextBlob=sealed, EncryptionContext=CONTEXT | {'store': 'other'})
    keys.refused('InvalidCiphertextException', 'decrypt', CiphertextBlob=bytes(sealed[:-1]) + bytes([sealed[-1] ^ 1]), EncryptionContext=CONTEXT)
    keys.refused('IncorrectKeyException', 'decrypt', CiphertextBlob=sealed, EncryptionContext=CONTEXT, KeyId='alias/jada-snapshots')

    data = keys.generate_data_key(KeyId=ALIAS, KeySpec='AES_256', EncryptionContext=CONTEXT)
    again = keys.decrypt(CiphertextBlob=data['CiphertextBlob'], EncryptionContext=CONTEXT)
    keys.expect('generate_data_key', len(data['Plaintext']) == 32 and again['Plaintext'] == data['Plaintext'], 'the data key does not come back')
    keys.refused('ValidationException', 'generate_data_key', KeyId=ALIAS)
