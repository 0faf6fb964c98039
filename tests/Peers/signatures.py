"""Recomputes recorded SigV4 signatures with botocore's own signer.

Reads JSON lines on standard input, one signed request each:
    method, url (as on the wire), headers (an object or a list of [name, value]), service, region, accessKey, secretKey,
    and the body as bodyBase64 or as body (text); neither is an empty body.
Writes a JSON line for each: line, agrees, and where it does not agree, why. Ends with 1 where one does not.
"""
import base64
import hashlib
import json
import re
import sys

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.compat import HTTPHeaders
from botocore.credentials import Credentials

AUTHORIZATION = re.compile(
    r'AWS4-HMAC-SHA256 Credential=(?P<key>[^/]+)/(?P<date>\d{8})/(?P<region>[^/]+)/(?P<service>[^/]+)/aws4_request,\s*'
    r'SignedHeaders=(?P<headers>[^,]+),\s*Signature=(?P<signature>[0-9a-f]{64})$')
UNHASHED = re.compile('UNSIGNED-PAYLOAD|STREAMING-.*')


def only(names):
    """The signer that signs the headers the request says it signed, whatever botocore would have chosen."""
    def headers_to_sign(self, request):
        chosen = HTTPHeaders()
        for name, value in request.headers.items():
            if name.lower() in names:
                chosen[name.lower()] = value
        return chosen
    return headers_to_sign


def judge(record):
    pairs = record['headers'].items() if isinstance(record['headers'], dict) else record['headers']
    pairs = [(name, value) for name, value in pairs]
    by_name = {name.lower(): value for name, value in pairs}
    found = AUTHORIZATION.match(by_name.get('authorization', ''))
    if not found:
        return 'the request carries no Authorization of AWS4-HMAC-SHA256'
    for what, said in (('key', record['accessKey']), ('region', record['region']), ('service', record['service']),
                       ('date', by_name.get('x-amz-date', '')[:8])):
        if found[what] != said:
            return f'the scope says {found[what]} for the {what}, not {said}'
    signed = found['headers'].split(';')
    if missing := [name for name in signed if name not in by_name]:
        return f'signed, but not sent: {missing}'
    if 'host' not in signed:
        return 'host is not signed'
    if unsigned := [name for name in by_name if name.startswith('x-amz-') and name not in signed]:
        return f'sent, but not signed: {unsigned}'

    body = base64.b64decode(record['bodyBase64']) if 'bodyBase64' in record else record.get('body', '').encode()
    stated = by_name.get('x-amz-content-sha256')
    if record['service'] == 's3' and stated is None:
        return 'S3 wants x-amz-content-sha256'
    if stated and not UNHASHED.fullmatch(stated) and stated != hashlib.sha256(body).hexdigest():
        return 'x-amz-content-sha256 is not the hash of the body'

    request = AWSRequest(method=record['method'], url=record['url'], data=body)
    for name, value in pairs:
        if name.lower() != 'authorization':
            request.headers[name] = value
    request.context['timestamp'] = by_name['x-amz-date']
    base = S3SigV4Auth if record['service'] == 's3' else SigV4Auth
    signer = type('RecordedAuth', (base,), {'headers_to_sign': only(signed)})(
        Credentials(record['accessKey'], record['secretKey']), record['service'], record['region'])
    canonical = signer.canonical_request(request)
    signature = signer.signature(signer.string_to_sign(request, canonical), request)
    return None if signature == found['signature'] else f'botocore signs {signature} of\n{canonical}'


def main():
    agreed = True
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        why = judge(json.loads(line))
        agreed = agreed and why is None
        print(json.dumps({'line': number, 'agrees': why is None} | ({'why': why} if why else {})))
    return 0 if agreed else 1


if __name__ == '__main__':
    sys.exit(main())
