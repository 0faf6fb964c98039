using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Tests.Wire;

internal static class TestServices
{
    public const string AccessKey = "AKIDEXAMPLE000001";
    public const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    public static readonly AwsService Lambda = new() { ServiceId = "Lambda", SigningName = "lambda", EndpointPrefix = "lambda", Protocol = WireProtocol.RestJson };

    public static readonly AwsService CloudFront = new() { ServiceId = "CloudFront", SigningName = "cloudfront", EndpointPrefix = "cloudfront", Protocol = WireProtocol.RestXml, IsGlobal = true };

    public static readonly AwsService Route53 = new() { ServiceId = "Route 53", SigningName = "route53", EndpointPrefix = "route53", Protocol = WireProtocol.RestXml, IsGlobal = true };

    public static readonly AwsService DynamoDb = new() { ServiceId = "DynamoDB", SigningName = "dynamodb", EndpointPrefix = "dynamodb", Protocol = WireProtocol.Json, TargetPrefix = "DynamoDB_20120810", JsonVersion = "1.0" };

    public static readonly AwsService Iam = new() { ServiceId = "IAM", SigningName = "iam", EndpointPrefix = "iam", Protocol = WireProtocol.Query, ApiVersion = "2010-05-08", IsGlobal = true };

    public static readonly AwsService S3 = new() { ServiceId = "S3", SigningName = "s3", EndpointPrefix = "s3", Protocol = WireProtocol.RestXml };

    public static AwsConnection Connect(string endpoint, string? sessionToken = null) => AwsConnection.Open(new()
    {
        AccessKey = AccessKey,
        SecretKey = SecretKey,
        SessionToken = sessionToken,
        Region = "us-west-2",
        EndpointUrl = endpoint,
    });

    public static AwsConnection Connect(LoopbackService service, string? sessionToken = null) => Connect(service.Url, sessionToken);
}
