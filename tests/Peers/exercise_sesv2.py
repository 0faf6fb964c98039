import json

POLICY = json.dumps({'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': '*', 'Action': 'ses:SendEmail', 'Resource': '*'}]})


def run(peer):
    ses = peer.client('sesv2')
    sets(ses)
    identities(ses)
    templates(ses)
    contact_lists(ses)
    account(ses)
    ses.delete_configuration_set(ConfigurationSetName='peer')
    ses.refused('NotFoundException', 'get_configuration_set', ConfigurationSetName='peer')


def sets(ses):
    ses.create_configuration_set(ConfigurationSetName='peer', TrackingOptions={'CustomRedirectDomain': 'click.sailjada.com', 'HttpsPolicy': 'REQUIRE'},
                                 Tags=[{'Key': 'a', 'Value': 'ä & <b>'}])
    ses.refused('AlreadyExistsException', 'create_configuration_set', ConfigurationSetName='peer')
    ses.refused('BadRequestException', 'create_configuration_set', ConfigurationSetName='no blanks')
    ses.put_configuration_set_tracking_options(ConfigurationSetName='peer', CustomRedirectDomain='track.sailjada.com')
    ses.put_configuration_set_delivery_options(ConfigurationSetName='peer', TlsPolicy='REQUIRE', MaxDeliverySeconds=600)
    ses.put_configuration_set_reputation_options(ConfigurationSetName='peer', ReputationMetricsEnabled=True)
    ses.put_configuration_set_sending_options(ConfigurationSetName='peer', SendingEnabled=False)
    ses.put_configuration_set_suppression_options(ConfigurationSetName='peer', SuppressedReasons=['BOUNCE'])
    ses.put_configuration_set_vdm_options(ConfigurationSetName='peer', VdmOptions={'DashboardOptions': {'EngagementMetrics': 'ENABLED'}})
    ses.put_configuration_set_archiving_options(ConfigurationSetName='peer', ArchiveArn='arn:aws:ses:us-west-2:782785212866:mailmanager-archive/a-1')
    got = {name: value for name, value in ses.get_configuration_set(ConfigurationSetName='peer').items() if name != 'ResponseMetadata'}
    expected = {'ConfigurationSetName': 'peer', 'TrackingOptions': {'CustomRedirectDomain': 'track.sailjada.com'}, 'DeliveryOptions': {'TlsPolicy': 'REQUIRE', 'MaxDeliverySeconds': 600},
                'ReputationOptions': {'ReputationMetricsEnabled': True}, 'SendingOptions': {'SendingEnabled': False}, 'SuppressionOptions': {'SuppressedReasons': ['BOUNCE']},
                'VdmOptions': {'DashboardOptions': {'EngagementMetrics': 'ENABLED'}}, 'ArchivingOptions': {'ArchiveArn': 'arn:aws:ses:us-west-2:782785212866:mailmanager-archive/a-1'},
                'Tags': [{'Key': 'a', 'Value': 'ä & <b>'}]}
    ses.expect('get_configuration_set', got == expected, f'it is {got}')
    pages = ses.pages('list_configuration_sets', PaginationConfig={'PageSize': 1}) if ses.raw.can_paginate('list_configuration_sets') else by_token(ses, 'ConfigurationSets')
    ses.expect('list_configuration_sets', [name for page in pages for name in page['ConfigurationSets']] == ['jada-newsletter', 'jada-transactional', 'peer'], f'the sets are {pages}')

    known = dict(ConfigurationSetName='peer', EventDestinationName='events')
    ses.create_configuration_set_event_destination(**known, EventDestination={'MatchingEventTypes': ['SEND'], 'SnsDestination': {'TopicArn': 'arn:aws:sns:us-west-2:782785212866:mail'}})
    ses.refused('BadRequestException', 'create_configuration_set_event_destination', ConfigurationSetName='peer', EventDestinationName='x', EventDestination={'MatchingEventTypes': ['SEND']})
    ses.refused('AlreadyExistsException', 'create_configuration_set_event_destination', **known,
                EventDestination={'MatchingEventTypes': ['SEND'], 'SnsDestination': {'TopicArn': 'arn:aws:sns:us-west-2:782785212866:mail'}})
    changed = {'Enabled': True, 'MatchingEventTypes': ['BOUNCE', 'OPEN'], 'EventBridgeDestination': {'EventBusArn': 'arn:aws:events:us-west-2:782785212866:event-bus/default'}}
    ses.update_configuration_set_event_destination(**known, EventDestination=changed)
    found = ses.get_configuration_set_event_destinations(ConfigurationSetName='peer')['EventDestinations']
    ses.expect('get_configuration_set_event_destinations', found == [changed | {'Name': 'events'}], f'the destinations are {found}')
    ses.delete_configuration_set_event_destination(**known)
    ses.refused('NotFoundException', 'delete_configuration_set_event_destination', **known)


def by_token(ses, member):
    first = ses.list_configuration_sets(PageSize=2)
    return [first, ses.list_configuration_sets(PageSize=2, NextToken=str(first['NextToken']))]


def identities(ses):
    made = ses.create_email_identity(EmailIdentity='peer.example', Tags=[{'Key': 'a', 'Value': '1'}], ConfigurationSetName='peer')
    ses.expect('create_email_identity', made['IdentityType'] == 'DOMAIN' and len(made['DkimAttributes']['Tokens']) == 3, f'it is {made}')
    ses.refused('AlreadyExistsException', 'create_email_identity', EmailIdentity='peer.example')
    ses.refused('NotFoundException', 'create_email_identity', EmailIdentity='other.example', ConfigurationSetName='none')
    known = dict(EmailIdentity='peer.example')
    ses.put_email_identity_dkim_attributes(**known, SigningEnabled=False)
    ses.put_email_identity_feedback_attributes(**known, EmailForwardingEnabled=False)
    ses.put_email_identity_mail_from_attributes(**known, MailFromDomain='mail.peer.example', BehaviorOnMxFailure='REJECT_MESSAGE')
    ses.refused('BadRequestException', 'put_email_identity_mail_from_attributes', **known, MailFromDomain='mail.other.example')
    ses.put_email_identity_configuration_set_attributes(**known, ConfigurationSetName='jada-newsletter')
    ses.create_email_identity_policy(**known, PolicyName='p', Policy=POLICY)
    ses.refused('AlreadyExistsException', 'create_email_identity_policy', **known, PolicyName='p', Policy=POLICY)
    ses.update_email_identity_policy(**known, PolicyName='p', Policy=POLICY.replace('Allow', 'Deny'))
    arn = 'arn:aws:ses:us-west-2:782785212866:identity/peer.example'
    ses.tag_resource(ResourceArn=arn, Tags=[{'Key': 'b', 'Value': '2'}, {'Key': 'c', 'Value': '3'}])
    ses.untag_resource(ResourceArn=arn, TagKeys=['a', 'c'])
    ses.refused('NotFoundException', 'tag_resource', ResourceArn=arn + 'x', Tags=[{'Key': 'b', 'Value': '2'}])
    got = ses.get_email_identity(**known)
    ses.expect('get_email_identity', got['Policies'] == {'p': POLICY.replace('Allow', 'Deny')} and got['Tags'] == [{'Key': 'b', 'Value': '2'}] and got['ConfigurationSetName'] == 'jada-newsletter', f'it is {got}')
    ses.expect('get_email_identity', got['MailFromAttributes']['MailFromDomain'] == 'mail.peer.example' and not got['FeedbackForwardingStatus'] and not got['DkimAttributes']['SigningEnabled'], f'it is {got}')
    signing = ses.put_email_identity_dkim_signing_attributes(**known, SigningAttributesOrigin='EXTERNAL', SigningAttributes={'DomainSigningSelector': 'own', 'DomainSigningPrivateKey': 'cGVlcg=='})
    ses.expect('put_email_identity_dkim_signing_attributes', signing['DkimTokens'] == ['own'], f'it is {signing}')
    ses.delete_email_identity_policy(**known, PolicyName='p')

    ses.expect('get_email_identity', ses.get_email_identity(EmailIdentity='sailjada.com')['VerificationStatus'] == 'SUCCESS', 'a domain with its records is not verified')
    ses.expect('get_email_identity', ses.get_email_identity(EmailIdentity='office+sails@harborcam.example')['VerificationStatus'] == 'PENDING', 'an address is verified that nobody confirmed')
    first = ses.list_email_identities(PageSize=4)
    rest = ses.list_email_identities(PageSize=4, NextToken=str(first['NextToken']))
    names = [each['IdentityName'] for page in (first, rest) for each in page['EmailIdentities']]
    ses.expect('list_email_identities', len(names) == len(set(names)) == 6, f'the identities are {names}')
    ses.delete_email_identity(**known)
    ses.refused('NotFoundException', 'get_email_identity', **known)


def templates(ses):
    content = {'Subject': 'ä {{name}}', 'Text': 'line\r\nline', 'Html': '<b>&amp;</b>'}
    ses.create_email_template(TemplateName='peer', TemplateContent=content, Tags=[{'Key': 'a', 'Value': '1'}])
    ses.refused('AlreadyExistsException', 'create_email_template', TemplateName='peer', TemplateContent=content)
    ses.refused('BadRequestException', 'create_email_template', TemplateName='empty', TemplateContent={'Subject': 'x'})
    ses.update_email_template(TemplateName='peer', TemplateContent=content | {'Subject': 'changed'})
    got = ses.get_email_template(TemplateName='peer')
    ses.expect('get_email_template', got['TemplateContent'] == content | {'Subject': 'changed'} and got['Tags'] == [{'Key': 'a', 'Value': '1'}], f'it is {got}')
    first = ses.list_email_templates(PageSize=3)
    rest = ses.list_email_templates(PageSize=3, NextToken=str(first['NextToken']))
    ses.expect('list_email_templates', len(first['TemplatesMetadata']) == 3 and len(rest['TemplatesMetadata']) == 2, f'the templates are {first} and {rest}')
    ses.delete_email_template(TemplateName='peer')
    ses.refused('NotFoundException', 'get_email_template', TemplateName='peer')

    own = {'TemplateName': 'peer', 'FromEmailAddress': 'captain@sailjada.com', 'TemplateSubject': 's', 'TemplateContent': '<p>c</p>', 'SuccessRedirectionURL': 'https://a.example', 'FailureRedirectionURL': 'https://b.example'}
    ses.create_custom_verification_email_template(**own)
    ses.refused('AlreadyExistsException', 'create_custom_verification_email_template', **own)
    got = {name: value for name, value in ses.get_custom_verification_email_template(TemplateName='peer').items() if name != 'ResponseMetadata'}
    ses.expect('get_custom_verification_email_template', got == own, f'it is {got}')
    ses.update_custom_verification_email_template(**(own | {'TemplateSubject': 'changed'}))
    changed = ses.get_custom_verification_email_template(TemplateName='peer')['TemplateSubject']
    ses.expect('update_custom_verification_email_template', changed == 'changed', f'the subject is {changed}')
    found = ses.list_custom_verification_email_templates()['CustomVerificationEmailTemplates']
    ses.expect('list_custom_verification_email_templates', [each['TemplateName'] for each in found] == ['crew-address', 'peer'], f'they are {found}')
    ses.delete_custom_verification_email_template(TemplateName='peer')


def contact_lists(ses):
    found = ses.list_contact_lists()['ContactLists']
    ses.expect('list_contact_lists', [each['ContactListName'] for each in found] == ['jada-guests'], f'they are {found}')
    ses.refused('LimitExceededException', 'create_contact_list', ContactListName='peer')
    east = ses._peer.client('sesv2', 'us-east-1')
    topics = [{'TopicName': 't', 'DisplayName': 'T', 'DefaultSubscriptionStatus': 'OPT_IN'}]
    east.create_contact_list(ContactListName='peer', Description='d', Topics=topics, Tags=[{'Key': 'a', 'Value': '1'}])
    east.update_contact_list(ContactListName='peer', Description='changed', Topics=topics)
    got = east.get_contact_list(ContactListName='peer')
    east.expect('get_contact_list', (got['Description'], got['Topics']) == ('changed', topics), f'it is {got}')
    east.delete_contact_list(ContactListName='peer')
    east.refused('NotFoundException', 'get_contact_list', ContactListName='peer')


def account(ses):
    east = ses._peer.client('sesv2', 'us-east-1')
    east.put_account_suppression_attributes(SuppressedReasons=['COMPLAINT'])
    east.put_account_sending_attributes(SendingEnabled=False)
    east.put_account_vdm_attributes(VdmAttributes={'VdmEnabled': 'ENABLED', 'GuardianAttributes': {'OptimizedSharedDelivery': 'ENABLED'}})
    east.put_account_details(MailType='MARKETING', WebsiteURL='https://sailjada.com', UseCaseDescription='peers')
    got = east.get_account()
    east.expect('get_account', (got['SendingEnabled'], got['SuppressionAttributes'], got['VdmAttributes']['VdmEnabled'], got['Details']['MailType'])
                == (False, {'SuppressedReasons': ['COMPLAINT']}, 'ENABLED', 'MARKETING'), f'it is {got}')
    east.put_account_sending_attributes(SendingEnabled=True)
