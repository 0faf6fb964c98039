def run(peer):
    ses = peer.client('ses')
    rule_sets(ses)
    filters(ses)
    notifications(ses)


def rule(name, **more):
    return {'Name': name, 'Enabled': True, 'TlsPolicy': 'Require', 'Recipients': ['crew@sailjada.com', '.sailjada.com'], 'Actions': [
        {'S3Action': {'BucketName': 'jada-uploads', 'ObjectKeyPrefix': 'ä & <b>/', 'TopicArn': 'arn:aws:sns:us-west-2:782785212866:mail'}},
        {'AddHeaderAction': {'HeaderName': 'X-Peer', 'HeaderValue': 'a<b>&"c"'}},
        {'LambdaAction': {'FunctionArn': 'arn:aws:lambda:us-west-2:782785212866:function:contact-form', 'InvocationType': 'Event'}},
        {'StopAction': {'Scope': 'RuleSet'}}], 'ScanEnabled': False} | more


def rule_sets(ses):
    ses.create_receipt_rule_set(RuleSetName='peer')
    ses.refused('AlreadyExists', 'create_receipt_rule_set', RuleSetName='peer')
    ses.create_receipt_rule(RuleSetName='peer', Rule=rule('first'))
    ses.create_receipt_rule(RuleSetName='peer', Rule=rule('third'), After='first')
    ses.create_receipt_rule(RuleSetName='peer', Rule=rule('second', Actions=[{'BounceAction': {'SmtpReplyCode': '550', 'Message': 'No', 'Sender': 'captain@sailjada.com'}}]), After='first')
    ses.refused('AlreadyExists', 'create_receipt_rule', RuleSetName='peer', Rule=rule('first'))
    ses.refused('RuleSetDoesNotExist', 'create_receipt_rule', RuleSetName='nothing', Rule=rule('first'))
    ses.refused('RuleDoesNotExist', 'create_receipt_rule', RuleSetName='peer', Rule=rule('fourth'), After='nothing')
    ses.refused('InvalidS3Configuration', 'create_receipt_rule', RuleSetName='peer', Rule=rule('x', Actions=[{'S3Action': {'BucketName': 'no-such-bucket'}}]))
    ses.refused('InvalidLambdaFunction', 'create_receipt_rule', RuleSetName='peer', Rule=rule('x', Actions=[{'LambdaAction': {'FunctionArn': 'arn:aws:lambda:us-west-2:782785212866:function:none'}}]))
    ses.refused('InvalidSnsTopic', 'create_receipt_rule', RuleSetName='peer', Rule=rule('x', Actions=[{'SNSAction': {'TopicArn': 'mail'}}]))
    described = ses.describe_receipt_rule_set(RuleSetName='peer')
    ses.expect('describe_receipt_rule_set', [each['Name'] for each in described['Rules']] == ['first', 'second', 'third'], f'the rules are {described["Rules"]}')
    ses.expect('describe_receipt_rule_set', described and described['Rules'][0] == rule('first'), f'the rule is {described["Rules"][0] if described else None}')
    ses.set_receipt_rule_position(RuleSetName='peer', RuleName='first', After='third')
    ses.refused('RuleDoesNotExist', 'set_receipt_rule_position', RuleSetName='peer', RuleName='first', After='nothing')
    order = [each['Name'] for each in ses.describe_receipt_rule_set(RuleSetName='peer')['Rules']]
    ses.expect('set_receipt_rule_position', order == ['second', 'third', 'first'], f'the rules are {order}')
    ses.reorder_receipt_rule_set(RuleSetName='peer', RuleNames=['first', 'second', 'third'])
    ses.refused('RuleDoesNotExist', 'reorder_receipt_rule_set', RuleSetName='peer', RuleNames=['first', 'second', 'nothing'])
    order = [each['Name'] for each in ses.describe_receipt_rule_set(RuleSetName='peer')['Rules']]
    ses.expect('reorder_receipt_rule_set', order == ['first', 'second', 'third'], f'the rules are {order}')
    ses.update_receipt_rule(RuleSetName='peer', Rule=rule('second', Enabled=False))
    ses.delete_receipt_rule(RuleSetName='peer', RuleName='third')
    described = ses.describe_receipt_rule_set(RuleSetName='peer')
    ses.expect('update_receipt_rule', [each['Enabled'] for each in described['Rules']] == [True, False], f'the rules are {described["Rules"]}')

    names = [each['Name'] for each in ses.list_receipt_rule_sets()['RuleSets']]
    ses.expect('list_receipt_rule_sets', names == ['jada-inbound', 'jada-inbound-2024', 'peer'], f'the sets are {names}')
    active = ses.describe_active_receipt_rule_set()
    ses.expect('describe_active_receipt_rule_set', active['Metadata']['Name'] == 'jada-inbound', f'active is {active}')
    ses.set_active_receipt_rule_set(RuleSetName='peer')
    ses.refused('CannotDelete', 'delete_receipt_rule_set', RuleSetName='peer')
    ses.set_active_receipt_rule_set()
    ses.expect('describe_active_receipt_rule_set', 'Metadata' not in ses.describe_active_receipt_rule_set(), 'a set is still active')
    ses.set_active_receipt_rule_set(RuleSetName='jada-inbound')
    ses.delete_receipt_rule_set(RuleSetName='peer')
    ses.refused('RuleSetDoesNotExist', 'describe_receipt_rule_set', RuleSetName='peer')


def filters(ses):
    ses.create_receipt_filter(Filter={'Name': 'peer', 'IpFilter': {'Policy': 'Allow', 'Cidr': '203.0.113.7'}})
    ses.refused('AlreadyExists', 'create_receipt_filter', Filter={'Name': 'peer', 'IpFilter': {'Policy': 'Allow', 'Cidr': '203.0.113.7'}})
    found = ses.list_receipt_filters()['Filters']
    ses.expect('list_receipt_filters', found and found[0] == {'Name': 'peer', 'IpFilter': {'Policy': 'Allow', 'Cidr': '203.0.113.7'}}, f'the filters are {found}')
    ses.delete_receipt_filter(FilterName='peer')


def notifications(ses):
    topic = 'arn:aws:sns:us-west-2:782785212866:peer'
    ses.set_identity_notification_topic(Identity='salejada.com', NotificationType='Delivery', SnsTopic=topic)
    ses.set_identity_headers_in_notifications_enabled(Identity='salejada.com', NotificationType='Delivery', Enabled=True)
    ses.refused('InvalidParameterValue', 'set_identity_notification_topic', Identity='nobody.example', NotificationType='Bounce', SnsTopic=topic)
    found = ses.get_identity_notification_attributes(Identities=['salejada.com', 'sailjada.com', 'nobody.example'])['NotificationAttributes']
    ses.expect('get_identity_notification_attributes', sorted(found) == ['sailjada.com', 'salejada.com'], f'there are {sorted(found)}')
    ses.expect('get_identity_notification_attributes', found['salejada.com']['DeliveryTopic'] == topic and found['salejada.com']['HeadersInDeliveryNotificationsEnabled'], f'it is {found["salejada.com"]}')
    ses.set_identity_notification_topic(Identity='salejada.com', NotificationType='Delivery')
    ses.set_identity_headers_in_notifications_enabled(Identity='salejada.com', NotificationType='Delivery', Enabled=False)
