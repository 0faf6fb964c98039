"""Calls every operation of the sandbox with botocore and writes down how each went."""
import os
import sys
import traceback

import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError

import strict


class Nothing(dict):
    """Stands for the answer of a call that failed, so that what follows is still tried."""

    def __missing__(self, key):
        return Nothing()

    def __str__(self):
        return 'nothing'


class Peer:
    def __init__(self):
        self.findings = {}
        self._session = botocore.session.get_session()

    def client(self, service, region='us-west-2'):
        return Caller(self, service, self._session.create_client(
            service, region_name=region,
            config=Config(proxies={'http': os.environ['AWS_ENDPOINT_URL']} if service == 's3control' else None, signature_version='s3v4' if service == 's3' else None, retries={'max_attempts': 5, 'mode': 'standard'}, s3={'addressing_style': 'path'})))

    def note(self, service, operation, problem=None):
        problems = self.findings.setdefault((service, operation), [])
        if problem and problem not in problems:
            problems.append(problem)

    def attempt(self, service, script):
        try:
            script(self)
        except Exception:
            self.note(service, '(script)', traceback.format_exc(limit=-3))
        print(f'{service}: {sum(1 for name, _ in self.findings if name == service)} operations', file=sys.stderr)


class Caller:
    """A client whose failures are findings; `refused` expects one."""

    def __init__(self, peer, service, client):
        self._peer, self._service, self._client = peer, service, client
        self._names = {method: name for method, name in client.meta.method_to_api_mapping.items()}
        self._strict = []
        client.meta.events.register('response-received.*.*', self._examine)

    @property
    def raw(self):
        return self._client

    def _examine(self, response_dict, parsed_response, event_name, **_):
        if response_dict is not None and response_dict['status_code'] < 300:
            operation = self._client.meta.service_model.operation_model(event_name.rpartition('.')[2])
            for problem in strict.problems(self._service, operation, response_dict, parsed_response):
                self._peer.note(self._service, operation.name, problem)

    def __getattr__(self, method):
        operation = self._names[method]

        def call(**parameters):
            self._peer.note(self._service, operation)
            try:
                return getattr(self._client, method)(**parameters)
            except Exception as problem:
                self._peer.note(self._service, operation, f'{type(problem).__name__}: {problem}')
                return Nothing()
        return call

    def pages(self, method, **parameters):
        """Every page that botocore's own paginator finds."""
        self._peer.note(self._service, self._names[method])
        try:
            return list(self._client.get_paginator(method).paginate(**parameters))
        except Exception as problem:
            self._peer.note(self._service, self._names[method], f'{type(problem).__name__} in paging: {problem}')
            return []

    def refused(self, code, method, **parameters):
        operation = self._names[method]
        try:
            getattr(self._client, method)(**parameters)
        except ClientError as refusal:
            if refusal.response['Error']['Code'] not in (code if isinstance(code, tuple) else (code,)):
                self._peer.note(self._service, operation, f'refused with {refusal.response["Error"]["Code"]}, not {code}')
        except Exception as problem:
            self._peer.note(self._service, operation, f'{type(problem).__name__}: {problem}')
        else:
            self._peer.note(self._service, operation, f'not refused with {code}')

    def expect(self, method, condition, otherwise):
        if not condition:
            self._peer.note(self._service, self._names[method], otherwise)
