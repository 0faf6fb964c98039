"""Holds an answer against the service's model, harder than botocore's parsers do: they pass over what they do not know."""
import json
from xml.etree import ElementTree

from botocore.validate import ParamValidator



class AnswerValidator(ParamValidator):
    """The ranges of the models bind requests: DynamoDB itself answers 0 where its model's minimum is 1."""

    def _validate_long(self, param, shape, errors, name):
        if not isinstance(param, int):
            errors.report(name, 'invalid type', param=param, valid_types=['int'])

    _validate_integer = _validate_long

    def _validate_structure(self, params, shape, errors, name):
        super()._validate_structure(LEFT_OUT_WITHIN.get(shape.name, {}) | params, shape, errors, name)


# A required member that the service leaves out where there is nothing to say.
LEFT_OUT = {
    ('lambda', 'GetFunctionCodeSigningConfig'): {'CodeSigningConfigArn': ''},
    ('route53', 'ListHealthChecks'): {'Marker': ''},
    ('route53', 'ListHostedZones'): {'Marker': ''},
    ('route53', 'ListTrafficPolicies'): {'TrafficPolicyIdMarker': 'none'},
    ('route53', 'ListTrafficPolicyVersions'): {'TrafficPolicyVersionMarker': 'none'},
}

LEFT_OUT_WITHIN = {
    'IdentityNotificationAttributes': {'BounceTopic': '', 'ComplaintTopic': '', 'DeliveryTopic': ''},
    'MailFromAttributes': {'MailFromDomain': '', 'MailFromDomainStatus': 'PENDING'},
}

# Answers whose document botocore's model does not describe as it is sent.
UNMODELLED = {('s3', 'GetBucketLocation'), ('s3', 'GetBucketPolicy')}


def problems(service, operation, response, parsed):
    """What is wrong with an answer: members without a place in the model, required ones that are missing, wrong types."""
    shape = operation.output_shape
    if shape is None:
        return []
    body = LEFT_OUT.get((service, operation.name), {}) | {
        name: value for name, value in parsed.items() if name != 'ResponseMetadata'}
    found = []
    report = AnswerValidator().validate(body, shape)
    if report.has_errors():
        found.append(report.generate_report())
    if (service, operation.name) not in UNMODELLED and not operation.has_streaming_output and response['body']:
        found += strangers(operation, shape, response['body'])
    return found


def strangers(operation, shape, body):
    payload = shape.serialization.get('payload')
    if payload:
        shape = shape.members[payload]
    if shape.type_name != 'structure':
        return []
    protocol = operation.service_model.resolved_protocol
    if protocol in ('rest-json', 'json'):
        return list(in_json(json.loads(body), shape, ''))
    root = ElementTree.fromstring(body)
    if protocol == 'query':
        wrapper = shape.serialization.get('resultWrapper')
        root = next((each for each in root if local(each) == wrapper), None) if wrapper else None
        if root is None:
            return [f'{wrapper} is missing'] if wrapper else []
    return list(in_xml(root, shape, ''))


def in_json(value, shape, path):
    if value is None:
        yield f'{path} is null'
    elif shape.type_name == 'structure' and not shape.is_document_type:
        members = {member.serialization.get('name', name): member for name, member in body_members(shape)}
        for name, inner in value.items():
            if name in members:
                yield from in_json(inner, members[name], f'{path}.{name}')
            else:
                yield f'{path}.{name} has no place in {shape.name}'
    elif shape.type_name == 'list':
        for index, inner in enumerate(value):
            yield from in_json(inner, shape.member, f'{path}[{index}]')
    elif shape.type_name == 'map':
        for name, inner in value.items():
            yield from in_json(inner, shape.value, f'{path}.{name}')


def in_xml(element, shape, path):
    if shape.type_name == 'structure':
        members = {element_name(name, member): member for name, member in body_members(shape)}
        for child in element:
            name = local(child)
            if name not in members:
                yield f'{path}/{name} has no place in {shape.name}'
            elif members[name].type_name == 'list' and members[name].serialization.get('flattened'):
                yield from in_xml(child, members[name].member, f'{path}/{name}')
            else:
                yield from in_xml(child, members[name], f'{path}/{name}')
    elif shape.type_name == 'list':
        expected = shape.member.serialization.get('name', 'member')
        for child in element:
            if local(child) != expected:
                yield f'{path}/{local(child)} should be {expected}'
            yield from in_xml(child, shape.member, f'{path}/{local(child)}')


def element_name(name, member):
    if member.type_name == 'list' and member.serialization.get('flattened'):
        return member.member.serialization.get('name') or member.serialization.get('name', name)
    return member.serialization.get('name', name)


def body_members(shape):
    return ((name, member) for name, member in shape.members.items()
            if member.serialization.get('location') not in ('header', 'headers', 'statusCode'))


def local(element):
    return element.tag.rpartition('}')[2]
