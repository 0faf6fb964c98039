"""S3 Batch Operations. botocore puts the account before the host, which resolves nowhere, so the sandbox is its proxy."""
import json

SOURCE = 'peer-batch'
ROLE = 'peer-batch-role'
TRUST = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'Service': 'batchoperations.s3.amazonaws.com'}, 'Action': 'sts:AssumeRole'}]}


def run(peer):
    s3, control = peer.client('s3').raw, peer.client('s3control')
    account = peer.client('sts').raw.get_caller_identity()['Account']
    role = peer.client('iam').raw.create_role(RoleName=ROLE, AssumeRolePolicyDocument=json.dumps(TRUST))['Role']['Arn']
    s3.create_bucket(Bucket=SOURCE, CreateBucketConfiguration={'LocationConstraint': 'us-west-2'})
    for number in range(4):
        s3.put_object(Bucket=SOURCE, Key=f'in/key {number}', Body=b'x', ContentType='text/css')
    etag = s3.put_object(Bucket=SOURCE, Key='manifest.csv', Body=''.join(f'{SOURCE},in/key%20{number}\n' for number in [0, 1, 9]).encode())['ETag']
    common = {
        'AccountId': account, 'RoleArn': role, 'Priority': 7, 'Description': 'a peer',
        'Report': {'Enabled': True, 'Bucket': f'arn:aws:s3:::{SOURCE}', 'Prefix': 'reports', 'Format': 'Report_CSV_20180820', 'ReportScope': 'FailedTasksOnly'},
    }
    manifest = {'Spec': {'Format': 'S3BatchOperations_CSV_20180820', 'Fields': ['Bucket', 'Key']}, 'Location': {'ObjectArn': f'arn:aws:s3:::{SOURCE}/manifest.csv', 'ETag': etag}}
    copied(s3, control, account, common, manifest)
    generated(control, account, common)
    confirmed(control, account, common, manifest)
    control.refused('NoSuchJobException', 'describe_job', AccountId=account, JobId='00000')
    control.refused('AccessDenied', 'list_jobs', AccountId='111122223333')
    first = control.list_jobs(AccountId=account, MaxResults=2)
    second = control.list_jobs(AccountId=account, MaxResults=2, NextToken=str(first['NextToken']))
    control.expect('list_jobs', (len(first['Jobs']), len(second['Jobs'])) == (2, 1) and 'NextToken' not in second, f'the pages are {first} and {second}')
    cancelled = control.list_jobs(AccountId=account, JobStatuses=['Cancelled', 'Failed'])['Jobs']
    control.expect('list_jobs', len(cancelled) == 1, f'{cancelled} were cancelled')


def copied(s3, control, account, common, manifest):
    copy = {'TargetResource': f'arn:aws:s3:::{SOURCE}', 'TargetKeyPrefix': 'out', 'StorageClass': 'STANDARD_IA', 'ChecksumAlgorithm': 'SHA256',
            'NewObjectMetadata': {'ContentType': 'text/plain', 'UserMetadata': {'who': 'peer'}}, 'NewObjectTagging': [{'Key': 'a', 'Value': 'b'}]}
    request = {**common, 'Manifest': manifest, 'Operation': {'S3PutObjectCopy': copy}, 'ClientRequestToken': 'peer', 'Tags': [{'Key': 'k', 'Value': 'v'}]}
    job = str(control.create_job(**request)['JobId'])
    control.expect('create_job', str(control.create_job(**request)['JobId']) == job, 'the token made two jobs')
    control.refused('IdempotencyException', 'create_job', **{**request, 'Priority': 8})
    control.refused('BadRequestException', 'create_job', **{**request, 'ClientRequestToken': 'other', 'Operation': {'S3DeleteObjectTagging': {}}})
    seen = control.describe_job(AccountId=account, JobId=job)['Job']
    control.expect('describe_job', seen['Status'] == 'Complete' and seen['Operation']['S3PutObjectCopy'] == copy and seen['Manifest'] == manifest and seen['Report'] == common['Report'], f'the job is {seen}')
    progress = seen['ProgressSummary']
    control.expect('describe_job', (progress['TotalNumberOfTasks'], progress['NumberOfTasksSucceeded'], progress['NumberOfTasksFailed']) == (3, 2, 1), f'the progress is {progress}')
    head = s3.head_object(Bucket=SOURCE, Key='out/in/key 1')
    control.expect('create_job', (head['ContentType'], head['Metadata'], head['StorageClass']) == ('text/plain', {'who': 'peer'}, 'STANDARD_IA'), f'the copy has {head}')
    report = json.loads(s3.get_object(Bucket=SOURCE, Key=f'reports/job-{job}/manifest.json')['Body'].read())
    lines = s3.get_object(Bucket=SOURCE, Key=report['Results'][0]['Key'])['Body'].read().decode()
    control.expect('create_job', lines.startswith(f'{SOURCE},in/key%209,,failed,404,NoSuchKey,'), f'the report says {lines}')
    control.expect('get_job_tagging', control.get_job_tagging(AccountId=account, JobId=job)['Tags'] == [{'Key': 'k', 'Value': 'v'}], 'the tags are others')
    control.put_job_tagging(AccountId=account, JobId=job, Tags=[{'Key': 'c', 'Value': ''}])
    control.delete_job_tagging(AccountId=account, JobId=job)
    control.expect('delete_job_tagging', not control.get_job_tagging(AccountId=account, JobId=job)['Tags'], 'there are tags left')
    control.update_job_priority(AccountId=account, JobId=job, Priority=3)
    control.refused('JobStatusException', 'update_job_status', AccountId=account, JobId=job, RequestedJobStatus='Cancelled')


def generated(control, account, common):
    generator = {'SourceBucket': f'arn:aws:s3:::{SOURCE}', 'EnableManifestOutput': True, 'Filter': {'KeyNameConstraint': {'MatchAnyPrefix': ['in/']}, 'ObjectSizeLessThanBytes': 10},
                 'ManifestOutputLocation': {'Bucket': f'arn:aws:s3:::{SOURCE}', 'ManifestPrefix': 'made', 'ManifestFormat': 'S3InventoryReport_CSV_20211130'}}
    job = str(control.create_job(**common, ManifestGenerator={'S3JobManifestGenerator': generator}, ClientRequestToken='generated', Operation={'S3PutObjectTagging': {'TagSet': []}})['JobId'])
    seen = control.describe_job(AccountId=account, JobId=job)['Job']
    control.expect('describe_job', seen['ProgressSummary']['NumberOfTasksSucceeded'] == 4 and seen['GeneratedManifestDescriptor']['Format'] == 'S3InventoryReport_CSV_20211130', f'the job is {seen}')


def confirmed(control, account, common, manifest):
    job = str(control.create_job(**common, Manifest={**manifest}, ClientRequestToken='confirmed', ConfirmationRequired=True, Operation={'S3PutObjectTagging': {'TagSet': []}})['JobId'])
    control.expect('describe_job', control.describe_job(AccountId=account, JobId=job)['Job']['Status'] == 'Suspended', 'the job did not wait')
    answer = control.update_job_status(AccountId=account, JobId=job, RequestedJobStatus='Cancelled', StatusUpdateReason='enough')
    control.expect('update_job_status', answer['StatusUpdateReason'] == 'enough', f'the answer is {answer}')
