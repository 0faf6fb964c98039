"""Makes a small estate at moto (AWS_ENDPOINT_URL) and tells, as one JSON document, what boto3 sees of it."""
import hashlib
import io
import json
import zipfile

import boto3
from botocore.config import Config

REGION = "us-west-2"
config = Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1})


def client(service):
    return boto3.client(service, region_name=REGION, config=config)


def zipped(name, text):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, text)
    return buffer.getvalue()


s3, iam, functions, cloudfront, route53, dynamodb = map(client, ["s3", "iam", "lambda", "cloudfront", "route53", "dynamodb"])
seen = {"objects": {}}

KEYS = ["index.html", "a b", "a+b", "%41", "dir/", "dir/x", "Readme.md", "README.md", "é", "⛵.jpg", "a&b=c", "x" * 1000]
for bucket in ["sailjada.com", "jada-data"]:
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    for number, key in enumerate(KEYS):
        body = f"{bucket} {key} {number}".encode() * (number + 1)
        s3.put_object(Bucket=bucket, Key=key, Body=body, ContentType="text/x-test", CacheControl="max-age=7", Metadata={"owner": "jada"})
s3.put_bucket_versioning(Bucket="sailjada.com", VersioningConfiguration={"Status": "Enabled"})
s3.put_object(Bucket="sailjada.com", Key="index.html", Body=b"second version", Tagging="site=sail&stage=live")
s3.put_bucket_policy(Bucket="sailjada.com", Policy='{ "Version":"2012-10-17","Statement":[] }')
s3.put_bucket_tagging(Bucket="sailjada.com", Tagging={"TagSet": [{"Key": "site", "Value": "sailjada.com"}]})
upload = s3.create_multipart_upload(Bucket="jada-data", Key="big.bin")["UploadId"]
parts = []
for number, letter in enumerate([b"p", b"q"], 1):
    etag = s3.upload_part(Bucket="jada-data", Key="big.bin", UploadId=upload, PartNumber=number, Body=letter * (5 << 20))["ETag"]
    parts.append({"PartNumber": number, "ETag": etag})
s3.complete_multipart_upload(Bucket="jada-data", Key="big.bin", UploadId=upload, MultipartUpload={"Parts": parts})
for bucket in ["sailjada.com", "jada-data"]:
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for item in page["Contents"]:
            got = s3.get_object(Bucket=bucket, Key=item["Key"])
            seen["objects"][f"{bucket}/{item['Key']}"] = {
                "sha256": hashlib.sha256(got["Body"].read()).hexdigest(),
                "etag": got["ETag"].strip('"'),
                "type": got["ContentType"],
            }

role = iam.create_role(RoleName="jada", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
layer = functions.publish_layer_version(LayerName="tools", Content={"ZipFile": zipped("x.py", "1")})["LayerVersionArn"]
functions.create_function(
    FunctionName="release", Runtime="python3.12", Role=role, Handler="x.y", Code={"ZipFile": zipped("x.py", "2")},
    Layers=[layer], Environment={"Variables": {"TOKEN": "moto-planted-secret"}})
functions.add_permission(FunctionName="release", StatementId="s", Action="lambda:InvokeFunction", Principal="apigateway.amazonaws.com")

distribution = cloudfront.create_distribution(DistributionConfig={
    "CallerReference": "1", "Comment": "sail", "Enabled": True,
    "Origins": {"Quantity": 1, "Items": [{"Id": "o", "DomainName": "sailjada.com.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}}]},
    "DefaultCacheBehavior": {"TargetOriginId": "o", "ViewerProtocolPolicy": "allow-all", "MinTTL": 0,
                             "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}}}})["Distribution"]
seen["distribution"] = distribution["Id"]

zone = route53.create_hosted_zone(Name="sailjada.com", CallerReference="1")["HostedZone"]["Id"]
changes = [{"Action": "CREATE", "ResourceRecordSet": {"Name": f"w{n // 2}.sailjada.com", "Type": "A", "SetIdentifier": str(n % 2), "Weight": n, "TTL": 60,
            "ResourceRecords": [{"Value": f"10.0.0.{n}"}]}} for n in range(100)]
route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})
seen["zone"] = zone.split("/")[-1]
seen["recordSets"] = len(route53.list_resource_record_sets(HostedZoneId=zone, MaxItems="300")["ResourceRecordSets"])

dynamodb.create_table(TableName="bookings", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                      AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}], BillingMode="PAY_PER_REQUEST", Tags=[{"Key": "a", "Value": "b"}])
seen["keySchema"] = dynamodb.describe_table(TableName="bookings")["Table"]["KeySchema"]

acm, ses, sesv2 = map(client, ["acm", "ses", "sesv2"])
certificate = acm.request_certificate(DomainName="sailjada.com", SubjectAlternativeNames=["*.sailjada.com"], ValidationMethod="DNS", Tags=[{"Key": "a", "Value": "b"}])["CertificateArn"]
seen["certificate"] = {"id": certificate.split("/")[-1], "pem": acm.get_certificate(CertificateArn=certificate)["Certificate"]}
sesv2.create_configuration_set(ConfigurationSetName="letters")
sesv2.create_email_identity(EmailIdentity="crew+all@sailjada.com", Tags=[{"Key": "a", "Value": "b"}])
ses.create_receipt_rule_set(RuleSetName="inbound")
ses.create_receipt_rule(RuleSetName="inbound", Rule={"Name": "stop", "Actions": [{"StopAction": {"Scope": "RuleSet"}}]})
print(json.dumps(seen))
