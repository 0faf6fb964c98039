import gzip
import json

NAME = 'peer-table'
BUCKET = 'peer-table-exports'


def run(peer):
    tables = peer.client('dynamodb')
    arn = schema(tables)
    settings(tables, arn)
    items(tables)
    listings(tables)
    exports(tables, peer.client('s3'), arn)
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
    stream = 'arn:aws:kinesis:us-west-2:782785212866:stream/peer'
    tables.enable_kinesis_streaming_destination(TableName=NAME, StreamArn=stream)
    streams = tables.describe_kinesis_streaming_destination(TableName=NAME)['KinesisDataStreamDestinations']
    tables.expect('describe_kinesis_streaming_destination', [each['StreamArn'] for each in streams] == [stream], f'the streams are {streams}')
    tables.disable_kinesis_streaming_destination(TableName=NAME, StreamArn=stream)
    tables.update_contributor_insights(TableName=NAME, IndexName='global', ContributorInsightsAction='ENABLE')
    tables.describe_contributor_insights(TableName=NAME, IndexName='global')
    found = tables.list_contributor_insights()['ContributorInsightsSummaries']
    tables.expect('list_contributor_insights', [each['IndexName'] for each in found if each['TableName'] == NAME] == ['global'], f'the insights are {found}')


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


def imports(tables, prefix):
    table = {'TableName': 'peer-imported', 'BillingMode': 'PAY_PER_REQUEST', 'AttributeDefinitions': [{'AttributeName': 'Id', 'AttributeType': 'S'}],
             'KeySchema': [{'AttributeName': 'Id', 'KeyType': 'HASH'}]}
    request = {'S3BucketSource': {'S3Bucket': BUCKET, 'S3KeyPrefix': prefix}, 'InputFormat': 'DYNAMODB_JSON', 'InputCompressionType': 'GZIP', 'TableCreationParameters': table, 'ClientToken': 'peer'}
    begun = tables.import_table(**request)['ImportTableDescription']
    tables.expect('import_table', begun['ImportStatus'] == 'IN_PROGRESS', f'the import is {begun}')
    tables.expect('describe_table', tables.describe_table(TableName='peer-imported')['Table']['TableStatus'] == 'CREATING', 'the table is there before its items')
    for _ in range(5):
        seen = tables.describe_import(ImportArn=begun['ImportArn'])['ImportTableDescription']
        if seen['ImportStatus'] != 'IN_PROGRESS':
            break
    tables.expect('describe_import', (seen['ImportStatus'], seen['ProcessedItemCount'], seen['ImportedItemCount'], seen['ErrorCount']) == ('COMPLETED', 25, 25, 0), f'the import is {seen}')
    tables.expect('import_table', tables.scan(TableName='peer-imported', Select='COUNT')['Count'] == 25, 'the items are not there')
    tables.refused('ResourceInUseException', 'import_table', **{**request, 'ClientToken': 'other'})
    tables.refused('ValidationException', 'import_table', **{**request, 'ClientToken': 'other', 'InputFormat': 'ION'})
    tables.refused('ImportNotFoundException', 'describe_import', ImportArn=f'{begun["TableArn"]}/import/01600000000000-00000000')
    second = tables.import_table(**{**request, 'ClientToken': 'second', 'S3BucketSource': {'S3Bucket': 'peer-nowhere'}, 'TableCreationParameters': {**table, 'TableName': 'peer-failed'}})['ImportTableDescription']
    for _ in range(2):
        failed = tables.describe_import(ImportArn=second['ImportArn'])['ImportTableDescription']
    tables.expect('describe_import', (failed['ImportStatus'], failed['FailureCode']) == ('FAILED', 'S3NoSuchBucket'), f'the import is {failed}')
    listed = tables.list_imports(TableArn=begun['TableArn'])['ImportSummaryList']
    tables.expect('list_imports', [each['ImportArn'] for each in listed] == [begun['ImportArn']], f'the imports are {listed}')
    first = tables.list_imports(PageSize=1)
    rest = tables.list_imports(PageSize=1, NextToken=str(first['NextToken']))
    tables.expect('list_imports', sorted(each['ImportArn'] for page in (first, rest) for each in page['ImportSummaryList']) == sorted([begun['ImportArn'], second['ImportArn']]), f'the pages are {first} and {rest}')
    tables.delete_table(TableName='peer-imported')


def exports(tables, s3, arn):
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={'LocationConstraint': 'us-west-2'})
    made = tables.export_table_to_point_in_time(TableArn=arn, S3Bucket=BUCKET, S3Prefix='peers', ExportFormat='DYNAMODB_JSON')['ExportDescription']
    tables.expect('export_table_to_point_in_time', made['ExportStatus'] == 'IN_PROGRESS', f'the export is {made["ExportStatus"]}')
    for _ in range(5):
        export = tables.describe_export(ExportArn=made['ExportArn'])['ExportDescription']
        if export['ExportStatus'] != 'IN_PROGRESS':
            break
    tables.expect('describe_export', export['ExportStatus'] == 'COMPLETED' and export['ItemCount'] == 25, f'the export is {export}')
    summary = json.loads(s3.get_object(Bucket=BUCKET, Key=export['ExportManifest'])['Body'].read())
    lines = s3.get_object(Bucket=BUCKET, Key=summary['manifestFilesS3Key'])['Body'].read().splitlines()
    files = [gzip.decompress(s3.get_object(Bucket=BUCKET, Key=json.loads(line)['dataFileS3Key'])['Body'].read()) for line in lines]
    found = [json.loads(line)['Item']['Id']['S'] for file in files for line in file.splitlines()]
    tables.expect('describe_export', sorted(found) == [f'item-{number:03}' for number in range(1, 26)], f'the export holds {found}')
    listed = tables.list_exports(TableArn=arn)['ExportSummaries']
    tables.expect('list_exports', [each['ExportArn'] for each in listed] == [made['ExportArn']], f'the exports are {listed}')
    tables.refused('ExportNotFoundException', 'describe_export', ExportArn=f'{arn}/export/01600000000000-00000000')
    imports(tables, export['ExportManifest'].rpartition('/')[0] + '/data/')
    boats = tables.describe_table(TableName='jada-boats')['Table']['TableArn']
    tables.refused('PointInTimeRecoveryUnavailableException', 'export_table_to_point_in_time', TableArn=boats, S3Bucket=BUCKET)
    for page in s3.pages('list_objects_v2', Bucket=BUCKET):
        for each in page['Contents']:
            s3.delete_object(Bucket=BUCKET, Key=each['Key'])
    s3.delete_bucket(Bucket=BUCKET)
