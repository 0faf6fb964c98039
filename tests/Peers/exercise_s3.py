import base64
import datetime
import hashlib
import urllib.request
import zlib

BUCKET = 'peer-bucket'
LOGS = 'peer-logs'
OTHER = 'peer-us-east-1'


def run(peer):
    s3 = peer.client('s3')
    east = peer.client('s3', 'us-east-1')
    buckets(s3, east)
    objects(s3)
    odd_keys(s3)
    archives(s3)
    copies(s3, east)
    multipart(s3)
    versions(s3)
    settings(s3)
    locks(s3)
    deletion(s3, east)


def settle_location(s3, bucket):
    return s3.get_bucket_location(Bucket=bucket)['LocationConstraint']


def buckets(s3, east):
    for bucket in (BUCKET, LOGS):
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={'LocationConstraint': 'us-west-2'})
    east.create_bucket(Bucket=OTHER)
    s3.refused('BucketAlreadyOwnedByYou', 'create_bucket', Bucket=BUCKET, CreateBucketConfiguration={'LocationConstraint': 'us-west-2'})
    head = s3.head_bucket(Bucket=BUCKET)
    s3.expect('head_bucket', head.get('BucketRegion') == 'us-west-2', f'the region is {head.get("BucketRegion")}')
    s3.refused('404', 'head_bucket', Bucket='peer-nowhere')
    s3.expect('get_bucket_location', settle_location(s3, BUCKET) == 'us-west-2', 'the location is not us-west-2')
    east.expect('get_bucket_location', settle_location(east, OTHER) is None, 'the location of us-east-1 is said')
    names = [each['Name'] for each in s3.list_buckets()['Buckets']]
    s3.expect('list_buckets', {BUCKET, LOGS, OTHER} <= set(names) and len(names) == 49, f'{len(names)} buckets')
    pages = s3.pages('list_buckets', PaginationConfig={'PageSize': 10})
    s3.expect('list_buckets', len(pages) == 5 and {each.get('BucketRegion') for page in pages for each in page['Buckets']} == {'us-west-2', 'us-east-1'}, 'pages or regions are missing')


def objects(s3):
    body = b'a peer\n'
    put = s3.put_object(Bucket=BUCKET, Key='plain.txt', Body=body, ContentType='text/plain', CacheControl='no-store', Metadata={'who': 'peer'},
                        Tagging='a=1&b=two', StorageClass='STANDARD_IA', ChecksumAlgorithm='SHA256')
    s3.expect('put_object', put['ETag'] == f'"{hashlib.md5(body).hexdigest()}"', f'the ETag is {put["ETag"]}')
    for algorithm in ('CRC32', 'CRC64NVME', 'CRC32C', 'SHA1'):
        try:
            s3.raw.put_object(Bucket=BUCKET, Key=f'sum/{algorithm}', Body=body, ChecksumAlgorithm=algorithm)
        except Exception as problem:
            # botocore needs its C runtime for the last of the CRCs.
            if 'additional dependency' not in str(problem):
                s3.expect('put_object', False, f'{algorithm}: {problem}')
    got = s3.get_object(Bucket=BUCKET, Key='plain.txt', ChecksumMode='ENABLED')
    if got:
        s3.expect('get_object', got['Body'].read() == body, 'the body is not what was put')
        s3.expect('get_object', (got['ContentType'], got['CacheControl'], got['Metadata'], got['StorageClass'], got['TagCount']) ==
                  ('text/plain', 'no-store', {'who': 'peer'}, 'STANDARD_IA', 2), f'the headers are {got["ResponseMetadata"]["HTTPHeaders"]}')
        s3.expect('get_object', got.get('ChecksumSHA256') == base64.b64encode(hashlib.sha256(body).digest()).decode(), 'the checksum is not what was sent')
    part = s3.get_object(Bucket=BUCKET, Key='plain.txt', Range='bytes=2-5')
    if part:
        s3.expect('get_object', part['Body'].read() == b'peer' and part['ContentRange'] == 'bytes 2-5/7', 'the range is not what was asked for')
    s3.head_object(Bucket=BUCKET, Key='plain.txt')
    s3.refused('NoSuchKey', 'get_object', Bucket=BUCKET, Key='nothing')
    s3.refused('404', 'head_object', Bucket=BUCKET, Key='nothing')
    s3.refused('PreconditionFailed', 'get_object', Bucket=BUCKET, Key='plain.txt', IfMatch='"0"')
    s3.refused('304', 'get_object', Bucket=BUCKET, Key='plain.txt', IfNoneMatch=str(put['ETag']))
    s3.refused('BadDigest', 'put_object', Bucket=BUCKET, Key='wrong', Body=body, ContentMD5=base64.b64encode(bytes(16)).decode())
    s3.get_object_attributes(Bucket=BUCKET, Key='plain.txt', ObjectAttributes=['ETag', 'Checksum', 'ObjectSize', 'StorageClass'])
    s3.copy_object(Bucket=BUCKET, Key='copy.txt', CopySource={'Bucket': BUCKET, 'Key': 'plain.txt'})
    tags = s3.get_object_tagging(Bucket=BUCKET, Key='plain.txt')['TagSet']
    s3.expect('get_object_tagging', {tag['Key']: tag['Value'] for tag in tags} == {'a': '1', 'b': 'two'}, f'the tags are {tags}')
    s3.put_object_tagging(Bucket=BUCKET, Key='plain.txt', Tagging={'TagSet': [{'Key': 'c', 'Value': 'ä'}]})
    s3.delete_object_tagging(Bucket=BUCKET, Key='plain.txt')
    s3.get_object_acl(Bucket=BUCKET, Key='plain.txt')
    try:
        url = s3.raw.generate_presigned_url('get_object', Params={'Bucket': BUCKET, 'Key': 'plain.txt'})
        with urllib.request.urlopen(url) as answer:
            s3.expect('get_object', answer.read() == body, 'a presigned link leads elsewhere')
    except OSError as problem:
        s3.expect('get_object', False, f'a presigned link: {problem}')
    s3.list_objects(Bucket=BUCKET)
    s3.list_objects_v2(Bucket=BUCKET)
    pages = s3.pages('list_objects_v2', Bucket='sailjada.com', PaginationConfig={'PageSize': 20})
    keys = [each['Key'] for page in pages for each in page['Contents']]
    s3.expect('list_objects_v2', keys == sorted(set(keys), key=str.encode) and len(pages) > 3, f'{len(pages)} pages hold {len(keys)} keys')
    folders = s3.list_objects_v2(Bucket='sailjada.com', Delimiter='/')['CommonPrefixes']
    s3.expect('list_objects_v2', [each['Prefix'] for each in folders] == ['css/', 'img/', 'js/', 'log/'], f'the prefixes are {folders}')
    old = s3.pages('list_objects', Bucket='sailjada.com', PaginationConfig={'PageSize': 20})
    s3.expect('list_objects', [each['Key'] for page in old for each in page['Contents']] == keys, 'the two listings differ')


def odd_keys(s3):
    keys = [each['Key'] for page in s3.pages('list_objects_v2', Bucket='jada-uploads') for each in page['Contents']]
    s3.expect('list_objects_v2', {'a', 'a b', 'a//b', '../x', 'dir/', '%41', 'a+b', 'caf\u00e9.txt', 'cafe\u0301.txt', 'control\u0001.txt'} <= set(keys), f'the keys are {keys}')
    for key in keys:
        got = s3.get_object(Bucket='jada-uploads', Key=key)
        if got and not key.endswith('/'):
            s3.expect('get_object', got['Body'].read().decode() == f'The key is {key.encode().hex()} in hex.\n', f'{key!r} holds something else')


def archives(s3):
    s3.put_object(Bucket=BUCKET, Key='archived', Body=b'cold', StorageClass='GLACIER')
    s3.refused('InvalidObjectState', 'get_object', Bucket=BUCKET, Key='archived')
    s3.restore_object(Bucket=BUCKET, Key='archived', RestoreRequest={'Days': 1, 'GlacierJobParameters': {'Tier': 'Expedited'}})
    s3.refused('InvalidObjectState', 'restore_object', Bucket=BUCKET, Key='plain.txt', RestoreRequest={'Days': 1})


def copies(s3, east):
    put = s3.put_object(Bucket=BUCKET, Key='from', Body=b'copied', ContentType='text/css', CacheControl='max-age=60', Metadata={'who': 'peer'}, Tagging='a=1', WebsiteRedirectLocation='/elsewhere')
    source = {'Bucket': BUCKET, 'Key': 'from'}
    east.copy_object(Bucket=OTHER, Key='to', CopySource=source, CopySourceIfMatch=str(put['ETag']), MetadataDirective='COPY', TaggingDirective='COPY')
    copy = east.head_object(Bucket=OTHER, Key='to')
    east.expect('copy_object', (copy['ETag'], copy['ContentType'], copy['CacheControl'], copy['Metadata']) == (put['ETag'], 'text/css', 'max-age=60', {'who': 'peer'}), f'the copy has {copy}')
    east.expect('copy_object', east.get_object_tagging(Bucket=OTHER, Key='to')['TagSet'] == [{'Key': 'a', 'Value': '1'}], 'the tags were not copied')
    east.refused('PreconditionFailed', 'copy_object', Bucket=OTHER, Key='to', CopySource=source, CopySourceIfMatch='"0"')
    east.refused('NoSuchKey', 'copy_object', Bucket=OTHER, Key='to', CopySource={'Bucket': BUCKET, 'Key': 'nothing'})
    s3.refused('InvalidRequest', 'copy_object', Bucket=BUCKET, Key='from', CopySource=source)
    east.copy_object(Bucket=OTHER, Key='to', CopySource=source, MetadataDirective='REPLACE', TaggingDirective='REPLACE', ContentType='text/plain', Tagging='b=2')
    copy = east.head_object(Bucket=OTHER, Key='to')
    east.expect('copy_object', (copy['ContentType'], copy['Metadata']) == ('text/plain', {}), f'the replaced copy has {copy}')
    east.expect('copy_object', east.get_object_tagging(Bucket=OTHER, Key='to')['TagSet'] == [{'Key': 'b', 'Value': '2'}], 'the tags were not replaced')
    quiet = east.delete_objects(Bucket=OTHER, Delete={'Objects': [{'Key': 'to'}, {'Key': 'was never there'}], 'Quiet': True})
    east.expect('delete_objects', not quiet.get('Deleted') and not quiet.get('Errors'), f'the answer is {quiet}')
    s3.delete_object(Bucket=BUCKET, Key='from')


def multipart(s3):
    first = bytes(5 * 1024 * 1024)
    upload = str(s3.create_multipart_upload(Bucket=BUCKET, Key='parts')['UploadId'] or 'nothing')
    s3.list_multipart_uploads(Bucket=BUCKET)
    one = s3.upload_part(Bucket=BUCKET, Key='parts', UploadId=upload, PartNumber=1, Body=first)['ETag']
    two = s3.upload_part_copy(Bucket=BUCKET, Key='parts', UploadId=upload, PartNumber=2, CopySource={'Bucket': BUCKET, 'Key': 'plain.txt'})
    if not two:
        two = {'CopyPartResult': {'ETag': s3.upload_part(Bucket=BUCKET, Key='parts', UploadId=upload, PartNumber=2, Body=b'a peer\n')['ETag']}}
    s3.list_parts(Bucket=BUCKET, Key='parts', UploadId=upload)
    done = s3.complete_multipart_upload(Bucket=BUCKET, Key='parts', UploadId=upload, MultipartUpload={'Parts': [
        {'PartNumber': 1, 'ETag': str(one)}, {'PartNumber': 2, 'ETag': str(two['CopyPartResult']['ETag'])}]})
    etag = hashlib.md5(hashlib.md5(first).digest() + hashlib.md5(b'a peer\n').digest()).hexdigest()
    s3.expect('complete_multipart_upload', done['ETag'] == f'"{etag}-2"', f'the ETag is {done["ETag"]}')
    part = s3.get_object(Bucket=BUCKET, Key='parts', PartNumber=2)
    if part:
        s3.expect('get_object', part['Body'].read() == b'a peer\n' and part['PartsCount'] == 2, 'the second part is something else')
    head = s3.head_object(Bucket=BUCKET, Key='parts', PartNumber=1)
    s3.expect('head_object', head['ContentLength'] == len(first) and head['PartsCount'] == 2, 'the first part has another length')
    checksummed_parts(s3, first)
    upload = str(s3.create_multipart_upload(Bucket=BUCKET, Key='left')['UploadId'] or 'nothing')
    s3.abort_multipart_upload(Bucket=BUCKET, Key='left', UploadId=upload)


def checksummed_parts(s3, first):
    def crc(data):
        return zlib.crc32(data).to_bytes(4, 'big')

    def text(checksum):
        return base64.b64encode(checksum).decode()
    bodies = [first, b'a peer\n']
    upload = str(s3.create_multipart_upload(Bucket=BUCKET, Key='composite', ChecksumAlgorithm='CRC32')['UploadId'] or 'nothing')
    parts = [{'PartNumber': number, 'ChecksumCRC32': text(crc(body)), 'ETag': str(s3.upload_part(
        Bucket=BUCKET, Key='composite', UploadId=upload, PartNumber=number, Body=body, ChecksumCRC32=text(crc(body)))['ETag'])} for number, body in enumerate(bodies, 1)]
    done = s3.complete_multipart_upload(Bucket=BUCKET, Key='composite', UploadId=upload, MultipartUpload={'Parts': parts})
    composite = f'{text(crc(b"".join(crc(body) for body in bodies)))}-2'
    s3.expect('complete_multipart_upload', done['ChecksumCRC32'] == composite, f'the checksum is {done["ChecksumCRC32"]}')
    head = s3.head_object(Bucket=BUCKET, Key='composite', ChecksumMode='ENABLED')
    s3.expect('head_object', head['ChecksumCRC32'] == composite and head['ChecksumType'] == 'COMPOSITE', f'the checksum is {head["ChecksumCRC32"]}')
    s3.delete_object(Bucket=BUCKET, Key='composite')


def versions(s3):
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={'Status': 'Enabled'})
    s3.expect('get_bucket_versioning', s3.get_bucket_versioning(Bucket=BUCKET)['Status'] == 'Enabled', 'versioning is not enabled')
    first = s3.put_object(Bucket=BUCKET, Key='versioned', Body=b'1')['VersionId']
    s3.put_object(Bucket=BUCKET, Key='versioned', Body=b'2')
    gone = s3.delete_object(Bucket=BUCKET, Key='versioned')
    s3.expect('delete_object', gone.get('DeleteMarker') is True, 'no delete marker is made')
    s3.list_object_versions(Bucket=BUCKET)
    pages = s3.pages('list_object_versions', Bucket='jada-backup-versions', PaginationConfig={'PageSize': 9})
    found = [each['VersionId'] for page in pages for each in page.get('Versions', [])]
    s3.expect('list_object_versions', len(found) == len(set(found)) > 60 and sum(len(page.get('DeleteMarkers', [])) for page in pages) >= 3, f'{len(found)} versions')
    old = s3.get_object(Bucket=BUCKET, Key='versioned', VersionId=str(first))
    if old:
        s3.expect('get_object', old['Body'].read() == b'1', 'the first version is something else')


def locks(s3):
    locked, body = 'peer-locked', b'a peer\n'
    until = datetime.datetime.now(datetime.UTC).replace(microsecond=0) + datetime.timedelta(days=1)
    s3.create_bucket(Bucket=locked, CreateBucketConfiguration={'LocationConstraint': 'us-west-2'}, ObjectLockEnabledForBucket=True)
    put = s3.put_object(Bucket=locked, Key='kept', Body=body, ChecksumAlgorithm='SHA256', IfNoneMatch='*',
                        ObjectLockMode='COMPLIANCE', ObjectLockRetainUntilDate=until, ObjectLockLegalHoldStatus='ON')
    s3.refused('PreconditionFailed', 'put_object', Bucket=locked, Key='kept', Body=body, IfNoneMatch='*')
    s3.refused('BadDigest', 'put_object', Bucket=locked, Key='wrong', Body=body, ChecksumSHA256=base64.b64encode(bytes(32)).decode())
    head = s3.head_object(Bucket=locked, Key='kept')
    s3.expect('head_object', (head['ObjectLockMode'], head['ObjectLockRetainUntilDate'], head['ObjectLockLegalHoldStatus']) == ('COMPLIANCE', until, 'ON'), f'the lock is {head}')
    retention = s3.get_object_retention(Bucket=locked, Key='kept')['Retention']
    s3.expect('get_object_retention', retention == {'Mode': 'COMPLIANCE', 'RetainUntilDate': until}, f'the retention is {retention}')
    s3.refused('AccessDenied', 'put_object_retention', Bucket=locked, Key='kept', Retention={'Mode': 'GOVERNANCE', 'RetainUntilDate': until})
    s3.put_object_retention(Bucket=locked, Key='kept', Retention={'Mode': 'COMPLIANCE', 'RetainUntilDate': until + datetime.timedelta(days=1)})
    s3.put_object_legal_hold(Bucket=locked, Key='kept', LegalHold={'Status': 'OFF'})
    s3.expect('get_object_legal_hold', s3.get_object_legal_hold(Bucket=locked, Key='kept')['LegalHold'] == {'Status': 'OFF'}, 'the hold is still on')
    s3.refused('AccessDenied', 'delete_object', Bucket=locked, Key='kept', VersionId=str(put['VersionId']), BypassGovernanceRetention=True)
    errors = s3.delete_objects(Bucket=locked, Delete={'Objects': [{'Key': 'kept', 'VersionId': str(put['VersionId'])}]}).get('Errors')
    s3.expect('delete_objects', [error['Code'] for error in errors or []] == ['AccessDenied'], f'the errors are {errors}')
    s3.copy_object(Bucket=locked, Key='copied', CopySource={'Bucket': locked, 'Key': 'kept'}, ChecksumAlgorithm='SHA256', ObjectLockMode='GOVERNANCE', ObjectLockRetainUntilDate=until)
    copied = s3.head_object(Bucket=locked, Key='copied')
    s3.expect('copy_object', copied['ObjectLockMode'] == 'GOVERNANCE', f'the copy has {copied}')
    s3.delete_object(Bucket=locked, Key='copied', VersionId=str(copied['VersionId']), BypassGovernanceRetention=True)
    s3.refused('InvalidRequest', 'put_object', Bucket=LOGS, Key='kept', Body=body, ObjectLockLegalHoldStatus='ON')


def settings(s3):
    arn = 'arn:aws:lambda:us-west-2:782785212866:function:photo-resizer'
    rule = {'ID': 'r', 'Filter': {'Prefix': 'tmp/'}, 'Status': 'Enabled', 'Expiration': {'Days': 3}}
    policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::peer-bucket/*"}]}'
    s3.refused('NoSuchBucketPolicy', 'get_bucket_policy', Bucket=BUCKET)
    s3.refused('NoSuchCORSConfiguration', 'get_bucket_cors', Bucket=BUCKET)
    s3.refused('NoSuchWebsiteConfiguration', 'get_bucket_website', Bucket=BUCKET)
    s3.refused('NoSuchLifecycleConfiguration', 'get_bucket_lifecycle_configuration', Bucket=BUCKET)
    s3.refused('NoSuchTagSet', 'get_bucket_tagging', Bucket=BUCKET)
    s3.refused('ReplicationConfigurationNotFoundError', 'get_bucket_replication', Bucket=BUCKET)
    s3.refused('ObjectLockConfigurationNotFoundError', 'get_object_lock_configuration', Bucket=BUCKET)

    s3.put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration={'BlockPublicAcls': False, 'IgnorePublicAcls': False, 'BlockPublicPolicy': False, 'RestrictPublicBuckets': False})
    s3.get_public_access_block(Bucket=BUCKET)
    s3.put_bucket_policy(Bucket=BUCKET, Policy=policy)
    s3.expect('get_bucket_policy', s3.get_bucket_policy(Bucket=BUCKET)['Policy'] == policy, 'the policy is not what was put')
    s3.get_bucket_policy_status(Bucket=BUCKET)
    s3.put_bucket_cors(Bucket=BUCKET, CORSConfiguration={'CORSRules': [{'AllowedMethods': ['GET'], 'AllowedOrigins': ['*']}]})
    s3.get_bucket_cors(Bucket=BUCKET)
    s3.put_bucket_website(Bucket=BUCKET, WebsiteConfiguration={'IndexDocument': {'Suffix': 'index.html'}})
    s3.get_bucket_website(Bucket=BUCKET)
    s3.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={'Rules': [rule]})
    found = s3.get_bucket_lifecycle_configuration(Bucket=BUCKET)['Rules']
    s3.expect('get_bucket_lifecycle_configuration', found == [rule], f'the rules are {found}')
    s3.put_bucket_tagging(Bucket=BUCKET, Tagging={'TagSet': [{'Key': 'a', 'Value': 'ä & <b>'}]})
    found = s3.get_bucket_tagging(Bucket=BUCKET)['TagSet']
    s3.expect('get_bucket_tagging', found == [{'Key': 'a', 'Value': 'ä & <b>'}], f'the tags are {found}')
    s3.put_bucket_encryption(Bucket=BUCKET, ServerSideEncryptionConfiguration={'Rules': [{'ApplyServerSideEncryptionByDefault': {'SSEAlgorithm': 'AES256'}}]})
    s3.get_bucket_encryption(Bucket=BUCKET)
    s3.put_bucket_ownership_controls(Bucket=BUCKET, OwnershipControls={'Rules': [{'ObjectOwnership': 'BucketOwnerPreferred'}]})
    s3.get_bucket_ownership_controls(Bucket=BUCKET)
    s3.put_bucket_acl(Bucket=BUCKET, ACL='private')
    s3.put_object_acl(Bucket=BUCKET, Key='plain.txt', ACL='private')
    s3.get_bucket_acl(Bucket=BUCKET)
    s3.put_bucket_logging(Bucket=BUCKET, BucketLoggingStatus={'LoggingEnabled': {'TargetBucket': LOGS, 'TargetPrefix': 'logs/'}})
    s3.get_bucket_logging(Bucket=BUCKET)
    s3.put_bucket_notification_configuration(Bucket=BUCKET, NotificationConfiguration={'LambdaFunctionConfigurations': [{'LambdaFunctionArn': arn, 'Events': ['s3:ObjectCreated:*']}]})
    s3.get_bucket_notification_configuration(Bucket=BUCKET)
    s3.put_bucket_accelerate_configuration(Bucket=BUCKET, AccelerateConfiguration={'Status': 'Enabled'})
    s3.get_bucket_accelerate_configuration(Bucket=BUCKET)
    s3.put_bucket_request_payment(Bucket=BUCKET, RequestPaymentConfiguration={'Payer': 'BucketOwner'})
    s3.get_bucket_request_payment(Bucket=BUCKET)
    s3.put_bucket_replication(Bucket=BUCKET, ReplicationConfiguration={'Role': 'arn:aws:iam::782785212866:role/jada-s3-replication', 'Rules': [
        {'ID': 'r', 'Priority': 1, 'Status': 'Enabled', 'Filter': {'Prefix': ''}, 'DeleteMarkerReplication': {'Status': 'Disabled'}, 'Destination': {'Bucket': 'arn:aws:s3:::queenofsandiego.com'}}]})
    s3.get_bucket_replication(Bucket=BUCKET)
    s3.delete_bucket_replication(Bucket=BUCKET)
    s3.put_object_lock_configuration(Bucket=BUCKET, ObjectLockConfiguration={'ObjectLockEnabled': 'Enabled'})
    s3.get_object_lock_configuration(Bucket=BUCKET)
    s3.put_bucket_analytics_configuration(Bucket=BUCKET, Id='a', AnalyticsConfiguration={'Id': 'a', 'StorageClassAnalysis': {}})
    s3.get_bucket_analytics_configuration(Bucket=BUCKET, Id='a')
    s3.list_bucket_analytics_configurations(Bucket=BUCKET)
    s3.delete_bucket_analytics_configuration(Bucket=BUCKET, Id='a')
    s3.put_bucket_metrics_configuration(Bucket=BUCKET, Id='m', MetricsConfiguration={'Id': 'm'})
    s3.get_bucket_metrics_configuration(Bucket=BUCKET, Id='m')
    s3.list_bucket_metrics_configurations(Bucket=BUCKET)
    s3.delete_bucket_metrics_configuration(Bucket=BUCKET, Id='m')
    s3.put_bucket_intelligent_tiering_configuration(Bucket=BUCKET, Id='t', IntelligentTieringConfiguration={'Id': 't', 'Status': 'Enabled', 'Tierings': [{'Days': 90, 'AccessTier': 'ARCHIVE_ACCESS'}]})
    s3.get_bucket_intelligent_tiering_configuration(Bucket=BUCKET, Id='t')
    s3.list_bucket_intelligent_tiering_configurations(Bucket=BUCKET)
    s3.delete_bucket_intelligent_tiering_configuration(Bucket=BUCKET, Id='t')
    s3.put_bucket_inventory_configuration(Bucket=BUCKET, Id='i', InventoryConfiguration={'Id': 'i', 'IsEnabled': True, 'IncludedObjectVersions': 'Current', 'Schedule': {'Frequency': 'Weekly'}, 'Destination': {'S3BucketDestination': {'Bucket': f'arn:aws:s3:::{LOGS}', 'Format': 'CSV'}}})
    s3.get_bucket_inventory_configuration(Bucket=BUCKET, Id='i')
    s3.list_bucket_inventory_configurations(Bucket=BUCKET)
    s3.delete_bucket_inventory_configuration(Bucket=BUCKET, Id='i')
    for setting in ('policy', 'cors', 'website', 'lifecycle', 'tagging', 'encryption', 'ownership_controls'):
        getattr(s3, f'delete_bucket_{setting}')(Bucket=BUCKET)
    s3.delete_public_access_block(Bucket=BUCKET)


def deletion(s3, east):
    s3.refused('BucketNotEmpty', 'delete_bucket', Bucket=BUCKET)
    left = [{'Key': each['Key'], 'VersionId': each['VersionId']} for page in s3.pages('list_object_versions', Bucket=BUCKET)
            for each in page.get('Versions', []) + page.get('DeleteMarkers', [])]
    result = s3.delete_objects(Bucket=BUCKET, Delete={'Objects': left})
    s3.expect('delete_objects', len(result.get('Deleted', [])) == len(left), f'{len(left)} were to be deleted, not {len(result.get("Deleted", []))}')
    s3.delete_bucket(Bucket=BUCKET)
    s3.delete_bucket(Bucket=LOGS)
    east.delete_bucket(Bucket=OTHER)
    s3.refused('NoSuchBucket', 'list_objects_v2', Bucket=BUCKET)
