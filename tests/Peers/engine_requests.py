"""Holds requests of the engine against botocore's model of their operations.

Reads JSON lines on standard input, one request each: service (botocore's name), operation, method, path (as on the wire),
query (a list of [name, value], decoded), headers (an object with names in lower case), and bodyBase64.
Each is read by the model, back to the operation's parameters; what has no place in the model is a finding. From the parameters botocore
then makes its own request, and the two must say the same. Writes a JSON line for each: service, operation, problems.
"""
import base64
import json
import re
import sys
from urllib.parse import parse_qsl, unquote
from xml.etree import ElementTree

import botocore.session
from botocore.serialize import create_serializer
from botocore.validate import ParamValidator

SESSION = botocore.session.get_session()
MODELS = {}

# Headers of the transport and of the signature, which no model names.
TRANSPORT = {
    'host', 'authorization', 'x-amz-date', 'x-amz-content-sha256', 'x-amz-security-token', 'user-agent', 'x-amz-user-agent', 'accept',
    'accept-encoding', 'connection', 'content-length', 'content-type', 'amz-sdk-invocation-id', 'amz-sdk-request', 'x-amz-target',
    'transfer-encoding', 'traceparent', 'expect', 'content-md5',
}


class Unfit(Exception):
    """The request has a part that the model has no place for."""


def model_of(service):
    if service not in MODELS:
        MODELS[service] = SESSION.get_service_model(service)
    return MODELS[service]


def scalar(shape, text):
    kind = shape.type_name
    if kind in ('integer', 'long'):
        return int(text)
    if kind in ('float', 'double'):
        return float(text)
    if kind == 'boolean':
        if text not in ('true', 'false'):
            raise Unfit(f'{text!r} is no boolean')
        return text == 'true'
    if kind == 'blob':
        return base64.b64decode(text)
    if kind == 'string' and shape.enum and text not in shape.enum:
        raise Unfit(f'{text!r} is none of {shape.enum}')
    return text


def from_path(operation, request):
    """The labels of the path, and what the template's own query asks for."""
    template, _, fixed = operation.http['requestUri'].partition('?')
    names = re.findall(r'\{([\w-]+)\+?\}', template)
    pattern = ''.join(
        re.escape(part) if index % 2 == 0 else ('(.+)' if part.endswith('+') else '([^/]+)')
        for index, part in enumerate(re.split(r'\{([\w-]+\+?)\}', template)))
    found = re.fullmatch(pattern + '/?' if not template.endswith('/') else pattern, request['path'])
    if not found:
        raise Unfit(f'the path {request["path"]} is not {template}')
    return {name: unquote(value) for name, value in zip(names, found.groups())}, dict(parse_qsl(fixed, keep_blank_values=True))


def located(shape, location):
    return {member.serialization.get('name', name): (name, member) for name, member in shape.members.items()
            if member.serialization.get('location') == location}


def from_rest(operation, request):
    shape = operation.input_shape
    labels, fixed = from_path(operation, request)
    params = {}
    if shape is None:
        if request['bodyBase64']:
            raise Unfit('a body where the model has none')
        members = {place: {} for place in ('uri', 'querystring', 'header')}
    else:
        members = {place: located(shape, place) for place in ('uri', 'querystring', 'header')}
    for label, text in labels.items():
        name, member = members['uri'][label]
        params[name] = scalar(member, text)
    lists = {}
    for key, text in request['query']:
        if key in fixed:
            if fixed[key] != text:
                raise Unfit(f'the query has {key}={text} for {fixed[key]}')
        elif key in members['querystring']:
            name, member = members['querystring'][key]
            if member.type_name == 'list':
                lists.setdefault(name, []).append(scalar(member.member, text))
            else:
                params[name] = scalar(member, text)
        elif rest := [name for name, member in members['querystring'].values() if member.type_name == 'map']:
            params.setdefault(rest[0], {})[key] = text
        else:
            raise Unfit(f'the query has {key}, which is no parameter')
    params |= lists
    if missing := [key for key in fixed if key not in dict(request['query'])]:
        raise Unfit(f'the query lacks {missing}')
    for key, text in request['headers'].items():
        by_name = {header.lower(): found for header, found in members['header'].items()}
        if key in by_name:
            name, member = by_name[key]
            params[name] = [part.strip() for part in text.split(',')] if member.type_name == 'list' else scalar(member, text)
        elif rest := [(name, member.serialization['name']) for name, member in (shape.members if shape else {}).items()
                      if member.serialization.get('location') == 'headers' and key.startswith(member.serialization['name'].lower())]:
            params.setdefault(rest[0][0], {})[key[len(rest[0][1]):]] = text
        elif key not in TRANSPORT:
            raise Unfit(f'the header {key} is not the model\'s')
    body = base64.b64decode(request['bodyBase64'])
    if shape is not None:
        params |= from_body(operation, shape, body)
    return params


def from_body(operation, shape, body):
    payload = shape.serialization.get('payload')
    if payload:
        member = shape.members[payload]
        if member.type_name == 'blob':
            return {payload: body} if body else {}
        if member.type_name == 'string':
            return {payload: body.decode()} if body else {}
        return {payload: document(operation, member, body)} if body else {}
    inner = {name: member for name, member in shape.members.items() if 'location' not in member.serialization}
    if not body:
        return {}
    if not inner:
        raise Unfit('a body where the model has none')
    return document(operation, shape, body)


def document(operation, shape, body):
    if operation.service_model.resolved_protocol == 'rest-xml':
        return xml_value(ElementTree.fromstring(body), shape)
    return json_value(json.loads(body), shape, '')


def json_value(value, shape, path):
    if shape.type_name == 'structure':
        if shape.is_document_type:
            return value
        members = {member.serialization.get('name', name): (name, member) for name, member in shape.members.items()}
        if strangers := set(value) - set(members):
            raise Unfit(f'{path or "the body"} has {sorted(strangers)}, which are not the model\'s')
        return {members[key][0]: json_value(inner, members[key][1], f'{path}.{key}') for key, inner in value.items()}
    if shape.type_name == 'list':
        return [json_value(inner, shape.member, path + '[]') for inner in value]
    if shape.type_name == 'map':
        return {key: json_value(inner, shape.value, f'{path}.{key}') for key, inner in value.items()}
    if shape.type_name == 'blob':
        return base64.b64decode(value)
    if shape.type_name == 'string' and shape.enum and value not in shape.enum:
        raise Unfit(f'{path} is {value!r}, none of {shape.enum}')
    return value


def xml_value(element, shape):
    def local(tag):
        return tag.rpartition('}')[2]
    if shape.type_name == 'structure':
        value = {}
        members = {member.serialization.get('name', name): (name, member) for name, member in shape.members.items()}
        for child in element:
            if local(child.tag) not in members:
                raise Unfit(f'{local(element.tag)} has {local(child.tag)}, which is not the model\'s')
            name, member = members[local(child.tag)]
            if member.type_name == 'list' and member.serialization.get('flattened'):
                value.setdefault(name, []).append(xml_value(child, member.member))
            else:
                value[name] = xml_value(child, member)
        for name, member in members.values():
            if member.serialization.get('xmlAttribute'):
                for key, text in element.attrib.items():
                    if local(key) == member.serialization['name'].partition(':')[2]:
                        value[name] = text
        return value
    if shape.type_name == 'list':
        return [xml_value(child, shape.member) for child in element]
    if shape.type_name == 'map':
        raise Unfit('a map in XML is not read here')
    return scalar(shape, element.text or '')


def from_query(operation, request):
    form = dict(parse_qsl(base64.b64decode(request['bodyBase64']).decode(), keep_blank_values=True))
    if form.pop('Action', None) != operation.name:
        raise Unfit('Action is another')
    if form.pop('Version', None) != operation.service_model.api_version:
        raise Unfit('Version is another')
    params, used = (form_value(form, operation.input_shape, '') if operation.input_shape else ({}, set()))
    if strangers := set(form) - used:
        raise Unfit(f'{sorted(strangers)} are not the model\'s')
    return params or {}


def form_value(form, shape, prefix):
    """What the members of a form below a prefix say, and which of them that were."""
    if shape.type_name == 'structure':
        value, used = {}, set()
        for name, member in shape.members.items():
            inner, taken = form_value(form, member, f'{prefix}.{member.serialization.get("name", name)}' if prefix else member.serialization.get('name', name))
            used |= taken
            if taken:
                value[name] = inner
        return value, used
    if shape.type_name == 'list':
        stem = prefix if shape.serialization.get('flattened') else f'{prefix}.{shape.member.serialization.get("name", "member")}'
        items, used = [], set()
        while True:
            inner, taken = form_value(form, shape.member, f'{stem}.{len(items) + 1}')
            if not taken:
                return items, used
            items.append(inner)
            used |= taken
    if prefix in form:
        return scalar(shape, form[prefix]), {prefix}
    return None, set()


def from_json(operation, request):
    metadata = operation.service_model.metadata
    if request['headers'].get('x-amz-target') != f'{metadata["targetPrefix"]}.{operation.name}':
        raise Unfit('X-Amz-Target is another')
    if request['headers'].get('content-type') != f'application/x-amz-json-{metadata["jsonVersion"]}':
        raise Unfit(f'the content type is {request["headers"].get("content-type")}')
    if request['path'] != '/':
        raise Unfit('the path is not /')
    return json_value(json.loads(base64.b64decode(request['bodyBase64']) or b'{}'), operation.input_shape, '') if operation.input_shape else {}


def canonical(protocol, body):
    if not body:
        return None
    body = body.encode() if isinstance(body, str) else body
    if isinstance(body, bytes) and protocol in ('json', 'rest-json'):
        try:
            return json.loads(body) or None
        except ValueError:
            return body
    if isinstance(body, bytes) and protocol == 'rest-xml' and body.lstrip().startswith(b'<'):
        try:
            return ElementTree.canonicalize(body.decode(), strip_text=True)
        except (ElementTree.ParseError, UnicodeDecodeError):
            # The bytes of an object.
            return body
    return body


def judge(request):
    model = model_of(request['service'])
    if request['operation'] not in model.operation_names:
        raise Unfit('botocore has no such operation')
    operation = model.operation_model(request['operation'])
    protocol = model.resolved_protocol
    method = operation.http.get('method', 'POST')
    if request['method'] != method:
        raise Unfit(f'the method is {request["method"]}, not {method}')
    params = {'query': from_query, 'json': from_json}.get(protocol, from_rest)(operation, request)
    if operation.input_shape:
        report = ParamValidator().validate(params, operation.input_shape)
        if report.has_errors():
            raise Unfit(report.generate_report())
    if protocol.startswith('rest'):
        again = create_serializer(protocol).serialize_to_request(params, operation)
        if canonical(protocol, again['body']) != canonical(protocol, base64.b64decode(request['bodyBase64'])):
            raise Unfit(f'botocore would send the body {again["body"]!r}')


def main():
    for line in sys.stdin:
        request = json.loads(line)
        try:
            judge(request)
            problems = []
        except (Unfit, ValueError, KeyError, ElementTree.ParseError) as finding:
            problems = [f'{type(finding).__name__}: {finding}']
        print(json.dumps({'service': request['service'], 'operation': request['operation'], 'problems': problems}))


main()
