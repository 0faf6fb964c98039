import json

TRUST = json.dumps({'Version': '2012-10-17', 'Statement': [
    {'Effect': 'Allow', 'Principal': {'Service': 'lambda.amazonaws.com'}, 'Action': 'sts:AssumeRole'}]})
ALLOW = json.dumps({'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': 's3:GetObject', 'Resource': '*'}]})
ROLE = 'peer-role'


def run(peer):
    iam = peer.client('iam', 'us-east-1')
    roles(iam)
    policies(iam)
    iam.delete_role(RoleName=ROLE)
    iam.refused('NoSuchEntity', 'get_role', RoleName=ROLE)


def roles(iam):
    iam.create_role(RoleName=ROLE, Path='/peers/', AssumeRolePolicyDocument=TRUST, Description='a peer', Tags=[{'Key': 'a', 'Value': '1'}])
    iam.refused('EntityAlreadyExists', 'create_role', RoleName=ROLE, AssumeRolePolicyDocument=TRUST)
    role = iam.get_role(RoleName=ROLE)['Role']
    iam.expect('get_role', role['AssumeRolePolicyDocument'] == json.loads(TRUST), 'the trust policy is not what was given')
    iam.expect('get_role', role['Tags'] == [{'Key': 'a', 'Value': '1'}], 'the tags are not what was given')
    iam.update_role(RoleName=ROLE, Description='still a peer', MaxSessionDuration=7200)
    iam.update_assume_role_policy(RoleName=ROLE, PolicyDocument=TRUST)
    iam.tag_role(RoleName=ROLE, Tags=[{'Key': 'b', 'Value': 'ä & <b>'}])
    tags = iam.list_role_tags(RoleName=ROLE)['Tags']
    iam.expect('list_role_tags', {tag['Key']: tag['Value'] for tag in tags} == {'a': '1', 'b': 'ä & <b>'}, f'the tags are {tags}')
    iam.untag_role(RoleName=ROLE, TagKeys=['a'])

    iam.list_roles()
    pages = iam.pages('list_roles', PaginationConfig={'PageSize': 7})
    names = [each['RoleName'] for page in pages for each in page['Roles']]
    iam.expect('list_roles', len(pages) >= 4 and len(names) == len(set(names)) and ROLE in names, f'{len(pages)} pages hold {len(names)} roles')

    iam.put_role_policy(RoleName=ROLE, PolicyName='inline', PolicyDocument=ALLOW)
    inline = iam.get_role_policy(RoleName=ROLE, PolicyName='inline')
    iam.expect('get_role_policy', inline['PolicyDocument'] == json.loads(ALLOW), 'the policy is not what was put')
    names = iam.list_role_policies(RoleName=ROLE)['PolicyNames']
    iam.expect('list_role_policies', names == ['inline'], f'the policies are {names}')
    iam.refused('DeleteConflict', 'delete_role', RoleName=ROLE)
    iam.delete_role_policy(RoleName=ROLE, PolicyName='inline')


def policies(iam):
    arn = iam.create_policy(PolicyName='peer-policy', Path='/peers/', PolicyDocument=ALLOW, Description='for peers')['Policy']['Arn']
    iam.get_policy(PolicyArn=arn)
    listed = iam.list_policies(Scope='Local')['Policies']
    iam.expect('list_policies', arn in [each['Arn'] for each in listed], 'the policy is not listed')
    version = iam.create_policy_version(PolicyArn=arn, PolicyDocument=ALLOW, SetAsDefault=True)['PolicyVersion']['VersionId']
    iam.get_policy_version(PolicyArn=arn, VersionId=version)
    versions = iam.list_policy_versions(PolicyArn=arn)['Versions']
    iam.expect('list_policy_versions', [each['VersionId'] for each in versions if each['IsDefaultVersion']] == [version], f'the versions are {versions}')
    iam.set_default_policy_version(PolicyArn=arn, VersionId='v1')
    iam.refused('DeleteConflict', 'delete_policy_version', PolicyArn=arn, VersionId='v1')
    iam.set_default_policy_version(PolicyArn=arn, VersionId=version)
    iam.delete_policy_version(PolicyArn=arn, VersionId='v1')
    iam.refused('AccessDenied', 'create_policy_version', PolicyArn='arn:aws:iam::aws:policy/ReadOnlyAccess', PolicyDocument=ALLOW)
    iam.tag_policy(PolicyArn=arn, Tags=[{'Key': 'a', 'Value': '1'}, {'Key': 'b', 'Value': '2'}])
    iam.untag_policy(PolicyArn=arn, TagKeys=['a'])
    tags = iam.list_policy_tags(PolicyArn=arn)['Tags']
    iam.expect('list_policy_tags', tags == [{'Key': 'b', 'Value': '2'}], f'the tags are {tags}')
    iam.put_role_permissions_boundary(RoleName=ROLE, PermissionsBoundary=arn)
    bound = iam.get_role(RoleName=ROLE)['Role']['PermissionsBoundary']
    iam.expect('put_role_permissions_boundary', bound == {'PermissionsBoundaryType': 'Policy', 'PermissionsBoundaryArn': arn}, f'the boundary is {bound}')
    iam.refused('DeleteConflict', 'delete_policy', PolicyArn=arn)
    iam.delete_role_permissions_boundary(RoleName=ROLE)
    iam.refused('NoSuchEntity', 'delete_role_permissions_boundary', RoleName=ROLE)
    iam.attach_role_policy(RoleName=ROLE, PolicyArn=arn)
    attached = iam.list_attached_role_policies(RoleName=ROLE)['AttachedPolicies']
    iam.expect('list_attached_role_policies', [each['PolicyArn'] for each in attached] == [arn], f'attached are {attached}')
    iam.put_role_policy(RoleName=ROLE, PolicyName='inline', PolicyDocument=ALLOW)
    details = iam.pages('get_account_authorization_details', Filter=['Role', 'LocalManagedPolicy'], PaginationConfig={'PageSize': 9})
    found = {role['RoleName']: role for page in details for role in page['RoleDetailList']}
    own = {policy['Arn']: policy for page in details for policy in page['Policies']}
    iam.expect('get_account_authorization_details', len(details) >= 3 and found[ROLE]['AttachedManagedPolicies'][0]['PolicyArn'] == arn, f'{len(details)} pages hold {sorted(found)}')
    iam.expect('get_account_authorization_details', found[ROLE]['RolePolicyList'] == [{'PolicyName': 'inline', 'PolicyDocument': json.loads(ALLOW)}], f'the role is {found[ROLE]}')
    iam.expect('get_account_authorization_details', [each['VersionId'] for each in own[arn]['PolicyVersionList']] == [version], f'the policy is {own[arn]}')
    iam.delete_role_policy(RoleName=ROLE, PolicyName='inline')
    iam.create_service_linked_role(AWSServiceName='peer.amazonaws.com')
    iam.refused('UnmodifiableEntity', 'delete_role', RoleName='AWSServiceRoleForPeer')
    task = iam.delete_service_linked_role(RoleName='AWSServiceRoleForPeer')['DeletionTaskId']
    status = iam.get_service_linked_role_deletion_status(DeletionTaskId=task)['Status']
    iam.expect('get_service_linked_role_deletion_status', status == 'SUCCEEDED', f'the deletion is {status}')
    iam.detach_role_policy(RoleName=ROLE, PolicyArn=arn)
    iam.delete_policy(PolicyArn=arn)
