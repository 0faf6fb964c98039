TARGET = {'ServiceNamespace': 'dynamodb', 'ResourceId': 'table/jada-boats', 'ScalableDimension': 'dynamodb:table:ReadCapacityUnits'}
TRACKING = {'TargetValue': 70.0, 'PredefinedMetricSpecification': {'PredefinedMetricType': 'DynamoDBReadCapacityUtilization'}, 'ScaleInCooldown': 60}


def run(peer):
    scaling = peer.client('application-autoscaling')
    scaling.refused('ObjectNotFoundException', 'put_scaling_policy', **TARGET, PolicyName='peer', PolicyType='TargetTrackingScaling', TargetTrackingScalingPolicyConfiguration=TRACKING)
    scaling.refused('ValidationException', 'register_scalable_target', **TARGET | {'ResourceId': 'table/none'}, MinCapacity=1, MaxCapacity=2)
    scaling.register_scalable_target(**TARGET, MinCapacity=1, MaxCapacity=9)
    scaling.register_scalable_target(**TARGET, MaxCapacity=8, SuspendedState={'ScheduledScalingSuspended': True})
    pages = scaling.pages('describe_scalable_targets', ServiceNamespace='dynamodb', PaginationConfig={'PageSize': 2})
    found = [target for page in pages for target in page['ScalableTargets']]
    scaling.expect('describe_scalable_targets', len(pages) == 3 and [each['MaxCapacity'] for each in found if each['ResourceId'] == 'table/jada-boats'] == [8], f'the targets are {found}')
    one = scaling.describe_scalable_targets(ServiceNamespace='dynamodb', ResourceIds=['table/jada-boats'])['ScalableTargets']
    scaling.expect('describe_scalable_targets', len(one) == 1 and one[0]['MinCapacity'] == 1, f'the target is {one}')

    arn = scaling.put_scaling_policy(**TARGET, PolicyName='peer', PolicyType='TargetTrackingScaling', TargetTrackingScalingPolicyConfiguration=TRACKING)['PolicyARN']
    policies = scaling.describe_scaling_policies(ServiceNamespace='dynamodb')['ScalingPolicies']
    scaling.expect('describe_scaling_policies', [each['TargetTrackingScalingPolicyConfiguration'] for each in policies if each['PolicyARN'] == arn] == [TRACKING], f'the policies are {policies}')
    scaling.put_scheduled_action(**TARGET, ScheduledActionName='peer', Schedule='rate(1 day)', ScalableTargetAction={'MinCapacity': 2})
    actions = scaling.describe_scheduled_actions(ServiceNamespace='dynamodb', ResourceId='table/jada-boats')['ScheduledActions']
    scaling.expect('describe_scheduled_actions', [each['Schedule'] for each in actions] == ['rate(1 day)'], f'the actions are {actions}')
    scaling.delete_scheduled_action(**TARGET, ScheduledActionName='peer')
    scaling.delete_scaling_policy(**TARGET, PolicyName='peer')
    scaling.refused('ObjectNotFoundException', 'delete_scaling_policy', **TARGET, PolicyName='peer')
    scaling.deregister_scalable_target(**TARGET)
    scaling.refused('ObjectNotFoundException', 'deregister_scalable_target', **TARGET)
