NAME = 'peer-table'


def run(peer):
    tables = peer.client('dynamodb')
    arn = schema(tables)
    settings(tables, arn)
    items(tables)
    listings(tables)
    tables.delete_table(TableName=NAME)
    tables.raw.get_waiter('table_not_exists').wait(TableName=NAME, WaiterConfig={'Delay': 1, 'MaxAttempts': 10})
    tables.refused('ResourceNotFoundException', 'describe_table', TableName=NAME)


def settle(tables):
    tables.raw.get_waiter('table_exists').wait(TableName=NAME, WaiterConfig={'Delay': 1, 'MaxAttempts': 10})


def schema(tables):
    made = tables.create_table(
        TableName=NAME, BillingMode='PAY_PER_REQUEST',
        AttributeDefinitions=[{'AttributeName': 'Id', 'AttributeType': 'S'}, {'AttributeName': 'At', 'AttributeType': 'N'}, {'AttributeName': 'Kind', 'AttributeType': 'S'}],
        KeySchema=[{'AttributeName': 'Id', 'KeyType': 'HASH'}, {'AttributeName': 'At', 'KeyType': 'RANGE'}],
        LocalSecondaryIndexes=[{'IndexName': 'local', 'KeySchema': [{'AttributeName': 'Id', 'KeyType': 'HASH'}, {'AttributeName': 'Kind', 'KeyType': 'RANGE'}], 'Projection': {'ProjectionType': 'KEYS_ONLY'}}],
        GlobalSecondaryIndexes=[{'IndexName': 'global', 'KeySchema': [{'AttributeName': 'Kind', 'KeyType': 'HASH'}], 'Projection': {'ProjectionType': 'ALL'}}],
        StreamSpecification={'StreamEnabled': True, 'StreamViewType': 'KEYS_ONLY'}, Tags=[{'Key': 'a', 'Value': '1'}])
    tables.refused('ResourceInUseException', 'create_table', TableName=NAME, BillingMode='PAY_PER_REQUEST',
                   AttributeDefinitions=[{'AttributeName': 'Id', 'AttributeType': 'S'}], KeySchema=[{'AttributeName': 'Id', 'KeyType': 'HASH'}])
    settle(tables)
    table = tables.describe_table(TableName=NAME)['Table']
    tables.expect('describe_table', table['TableStatus'] == 'ACTIVE', f'the table is {table["TableStatus"]}')
    tables.expect('describe_table', [index['IndexName'] for index in table['GlobalSecondaryIndexes']] == ['global'], 'the index is not there')
    tables.update_table(TableName=NAME, DeletionProtectionEnabled=True)
    settle(tables)
    tables.refused('ValidationException', 'delete_table', TableName=NAME)
    tables.update_table(TableName=NAME, DeletionProtectionEnabled=False)
    settle(tables)
    return made['TableDescription']['TableArn']


def settings(tables, arn):
    tables.update_time_to_live(TableName=NAME, TimeToLiveSpecification={'Enabled': True, 'AttributeName': 'Gone'})
    tables.describe_time_to_live(TableName=NAME)
    tables.update_continuous_backups(TableName=NAME, PointInTimeRecoverySpecification={'PointInTimeRecoveryEnabled': True})
    tables.describe_continuous_backups(TableName=NAME)
    tables.tag_resource(ResourceArn=arn, Tags=[{'Key': 'b', 'Value': '2'}])
    found = tables.list_tags_of_resource(ResourceArn=arn)['Tags']
    tables.expect('list_tags_of_resource', sorted(each['Key'] for each in found) == ['a', 'b'], f'the tags are {found}')
    tables.untag_resource(ResourceArn=arn, TagKeys=['a'])
    tables.put_resource_policy(ResourceArn=arn, Policy='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"782785212866"},"Action":"dynamodb:GetItem","Resource":"' + str(arn) + '"}]}')
    tables.get_resource_policy(ResourceArn=arn)
    tables.delete_resource_policy(ResourceArn=arn)
    tables.describe_limits()


def item(number):
    return {'Id': {'S': f'item-{number:03}'}, 'At': {'N': str(number)}, 'Kind': {'S': 'odd' if number % 2 else 'even'}, 'Data': {'M': {'list': {'L': [{'NULL': True}, {'B': b'\x00\xff'}, {'SS': ['a', 'b']}]}}}}


def items(tables):
    tables.put_item(TableName=NAME, Item=item(0))
    found = tables.get_item(TableName=NAME, Key={'Id': {'S': 'item-000'}, 'At': {'N': '0'}})
    tables.expect('get_item', found['Item'] == item(0), f'the item is {found.get("Item")}')
    left = [{'PutRequest': {'Item': item(number)}} for number in range(1, 26)]
    for _ in range(10):
        left = tables.batch_write_item(RequestItems={NAME: left})['UnprocessedItems'].get(NAME)
        if not left:
            break
    tables.refused('ValidationException', 'batch_write_item', RequestItems={NAME: [{'PutRequest': {'Item': item(number)}} for number in range(26)]})
    tables.scan(TableName=NAME)
    pages = tables.pages('scan', TableName=NAME, PaginationConfig={'PageSize': 7})
    tables.expect('scan', sum(page['Count'] for page in pages) == 26 and len(pages) >= 4, f'{len(pages)} pages hold {sum(page["Count"] for page in pages)} items')
    tables.query(TableName=NAME, KeyConditionExpression='Id = :id', ExpressionAttributeValues={':id': {'S': 'item-003'}})
    tables.delete_item(TableName=NAME, Key={'Id': {'S': 'item-000'}, 'At': {'N': '0'}})


def listings(tables):
    tables.list_tables()
    pages = tables.pages('list_tables', PaginationConfig={'PageSize': 4})
    names = [name for page in pages for name in page['TableNames']]
    tables.expect('list_tables', len(names) == len(set(names)) == 14 and len(pages) == 4, f'{len(pages)} pages hold {len(names)} tables')
