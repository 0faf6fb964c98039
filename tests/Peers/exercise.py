"""Writes a JSON line for every operation tried: service, operation, problems."""
import json
import sys
from importlib import import_module

from peer import Peer

SERVICES = [
    'sts', 'iam', 's3', 's3control', 'lambda', 'dynamodb', 'cloudfront', 'route53',
    'secretsmanager', 'ssm', 'kms', 'application-autoscaling', 'acm', 'ses', 'sesv2', 'apigateway', 'apigatewayv2',
    'lightsail',
]


def main():
    peer = Peer()
    for service in sys.argv[1:] or SERVICES:
        peer.attempt(service, import_module(f'exercise_{service.replace("-", "_")}').run)
    for (service, operation), problems in sorted(peer.findings.items()):
        print(json.dumps({'service': service, 'operation': operation, 'problems': problems}))


if __name__ == '__main__':
    main()
