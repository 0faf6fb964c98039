using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.Iam;

/// <summary>A few of the policies that AWS itself keeps in every account.</summary>
internal static class AwsManagedPolicies
{
    private static readonly (string Path, string Name, string Actions)[] Known =
    [
        ("/service-role/", "AWSLambdaBasicExecutionRole", "logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents"),
        ("/service-role/", "AWSLambdaVPCAccessExecutionRole", "logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents ec2:CreateNetworkInterface ec2:DescribeNetworkInterfaces ec2:DescribeSubnets ec2:DeleteNetworkInterface ec2:AssignPrivateIpAddresses ec2:UnassignPrivateIpAddresses"),
        ("/service-role/", "AWSLambdaDynamoDBExecutionRole", "dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents"),
        ("/service-role/", "AWSLambdaSQSQueueExecutionRole", "sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents"),
        ("/", "AWSLambda_FullAccess", "lambda:*"),
        ("/", "AWSXRayDaemonWriteAccess", "xray:PutTraceSegments xray:PutTelemetryRecords"),
        ("/", "AmazonDynamoDBFullAccess", "dynamodb:*"),
        ("/", "AmazonDynamoDBReadOnlyAccess", "dynamodb:BatchGetItem dynamodb:Describe* dynamodb:GetItem dynamodb:List* dynamodb:Query dynamodb:Scan"),
        ("/", "AmazonS3FullAccess", "s3:* s3-object-lambda:*"),
        ("/", "AmazonS3ReadOnlyAccess", "s3:Get* s3:List* s3:Describe*"),
        ("/", "AmazonSESFullAccess", "ses:*"),
        ("/", "AmazonSNSFullAccess", "sns:*"),
        ("/", "AmazonSQSFullAccess", "sqs:*"),
        ("/", "AmazonSSMReadOnlyAccess", "ssm:Describe* ssm:Get* ssm:List*"),
        ("/", "AmazonRoute53FullAccess", "route53:* route53domains:*"),
        ("/", "CloudFrontFullAccess", "cloudfront:*"),
        ("/", "CloudWatchLogsFullAccess", "logs:*"),
        ("/", "ReadOnlyAccess", "*:Get* *:List* *:Describe*"),
        ("/", "AdministratorAccess", "*"),
    ];

    public static SortedDictionary<string, ManagedPolicy> Load()
    {
        var policies = new SortedDictionary<string, ManagedPolicy>(StringComparer.Ordinal);
        var created = new DateTimeOffset(2015, 4, 9, 15, 3, 43, TimeSpan.Zero);
        foreach (var (path, name, actions) in Known)
        {
            var policy = new ManagedPolicy
            {
                Name = name,
                Path = path,
                Id = "ANPA" + SandboxWorld.HashId(name, 17),
                Arn = $"arn:aws:iam::aws:policy{path}{name}",
                Created = created,
                Updated = created,
            };
            policy.Versions.Add(1, new PolicyVersion(1, Document(actions), created));
            policies.Add(policy.Arn, policy);
        }
        return policies;
    }

    private static string Document(string actions) =>
        $$"""
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": [ {{string.Join(", ", actions.Split(' ').Select(action => $"\"{action}\""))}} ],
                    "Resource": "*"
                }
            ]
        }
        """;
}
