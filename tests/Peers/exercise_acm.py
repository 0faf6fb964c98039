import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ALL_KEYS = ['RSA_1024', 'RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_prime256v1', 'EC_secp384r1', 'EC_secp521r1']
NOWHERE = 'arn:aws:acm:us-east-1:782785212866:certificate/00000000-0000-0000-0000-000000000000'


def run(peer):
    acm = peer.client('acm', 'us-east-1')
    requested(acm)
    listings(acm)
    imported(acm)


def requested(acm):
    asked = dict(DomainName='peer.example', SubjectAlternativeNames=['www.peer.example', 'peer.example'], ValidationMethod='DNS', IdempotencyToken='peer1',
                 KeyAlgorithm='EC_secp384r1', Options={'CertificateTransparencyLoggingPreference': 'DISABLED'}, Tags=[{'Key': 'a', 'Value': '1'}])
    arn = str(acm.request_certificate(**asked)['CertificateArn'])
    acm.expect('request_certificate', acm.request_certificate(**asked)['CertificateArn'] == arn, 'the same token makes another certificate')
    acm.refused('ValidationException', 'request_certificate', DomainName='not a name')
    acm.refused('InvalidTagException', 'request_certificate', DomainName='peer.example', Tags=[{'Key': 'aws:a', 'Value': '1'}])
    detail = acm.describe_certificate(CertificateArn=arn)['Certificate']
    acm.expect('describe_certificate', detail['Status'] == 'PENDING_VALIDATION' and detail['KeyAlgorithm'] == 'EC_secp384r1', f'it is {detail}')
    records = [each['ResourceRecord'] for each in detail['DomainValidationOptions']]
    acm.expect('describe_certificate', [each['Name'].split('.', 1)[1] for each in records] == ['peer.example.', 'www.peer.example.'], f'the records are {records}')
    acm.refused('RequestInProgressException', 'get_certificate', CertificateArn=arn)
    acm.refused('ResourceNotFoundException', 'describe_certificate', CertificateArn=NOWHERE)
    acm.refused('InvalidArnException', 'describe_certificate', CertificateArn='arn:aws:iam::782785212866:role/x')

    acm.add_tags_to_certificate(CertificateArn=arn, Tags=[{'Key': 'b', 'Value': 'ä'}, {'Key': 'c'}])
    acm.remove_tags_from_certificate(CertificateArn=arn, Tags=[{'Key': 'a', 'Value': 'another'}, {'Key': 'c'}])
    tags = acm.list_tags_for_certificate(CertificateArn=arn)['Tags']
    acm.expect('list_tags_for_certificate', tags == [{'Key': 'a', 'Value': '1'}, {'Key': 'b', 'Value': 'ä'}], f'the tags are {tags}')
    acm.update_certificate_options(CertificateArn=arn, Options={'CertificateTransparencyLoggingPreference': 'ENABLED'})
    options = acm.describe_certificate(CertificateArn=arn)['Certificate']['Options']
    acm.expect('update_certificate_options', options['CertificateTransparencyLoggingPreference'] == 'ENABLED', f'the options are {options}')
    acm.delete_certificate(CertificateArn=arn)
    acm.refused('ResourceNotFoundException', 'list_tags_for_certificate', CertificateArn=arn)


def listings(acm):
    few = acm.list_certificates()['CertificateSummaryList']
    acm.expect('list_certificates', {each['KeyAlgorithm'] for each in few} == {'RSA_2048'}, 'other keys than RSA are listed unasked')
    pages = acm.pages('list_certificates', Includes={'keyTypes': ALL_KEYS}, PaginationConfig={'PageSize': 3})
    found = [each['CertificateArn'] for page in pages for each in page['CertificateSummaryList']]
    acm.expect('list_certificates', len(pages) == 3 and len(set(found)) == len(found) == 8, f'{len(pages)} pages hold {len(found)} certificates')
    pending = acm.list_certificates(CertificateStatuses=['PENDING_VALIDATION'])['CertificateSummaryList']
    acm.expect('list_certificates', [each['DomainName'] for each in pending] == ['crew.sailjada.com'], f'pending are {pending}')

    used = next((each['CertificateArn'] for each in few if each['InUse']), NOWHERE)
    detail = acm.describe_certificate(CertificateArn=used)['Certificate']
    acm.expect('describe_certificate', all(':distribution/' in arn for arn in detail['InUseBy']) and len(detail['InUseBy']) > 5, f'it is used by {detail["InUseBy"]}')
    acm.refused('ResourceInUseException', 'delete_certificate', CertificateArn=used)
    got = acm.get_certificate(CertificateArn=used)
    leaf, issuer = (x509.load_pem_x509_certificate(str(got[part]).encode()) for part in ('Certificate', 'CertificateChain'))
    leaf.verify_directly_issued_by(issuer)
    acm.expect('get_certificate', leaf.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value == detail['DomainName'], f'it is for {leaf.subject}')
    acm.expect('describe_certificate', int(detail['Serial'].replace(':', ''), 16) == leaf.serial_number, f'the serial is {detail["Serial"]}, not {leaf.serial_number:x}')


def imported(acm):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, 'imported.example')])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(77).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=30)) \
        .add_extension(x509.SubjectAlternativeName([x509.DNSName('imported.example')]), critical=False).sign(key, hashes.SHA256())
    pem = made.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    arn = str(acm.import_certificate(Certificate=pem, PrivateKey=secret, Tags=[{'Key': 'a', 'Value': '1'}])['CertificateArn'])
    acm.expect('import_certificate', acm.import_certificate(CertificateArn=arn, Certificate=pem, PrivateKey=secret)['CertificateArn'] == arn, 'it was not imported again')
    acm.expect('get_certificate', acm.get_certificate(CertificateArn=arn)['Certificate'] == pem.decode(), 'it is not what was imported')
    detail = acm.describe_certificate(CertificateArn=arn)['Certificate']
    acm.expect('describe_certificate', (detail['Type'], detail['KeyAlgorithm'], detail['Status']) == ('IMPORTED', 'EC_prime256v1', 'ISSUED'), f'it is {detail}')
    acm.refused('ValidationException', 'import_certificate', Certificate=pem, PrivateKey=b'-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n')
    acm.delete_certificate(CertificateArn=arn)
