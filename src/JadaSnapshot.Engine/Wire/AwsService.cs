namespace JadaSnapshot.Engine.Wire;

/// <summary>How a service writes requests and answers.</summary>
public enum WireProtocol
{
    /// <summary>REST with JSON bodies: Lambda, API Gateway.</summary>
    RestJson,

    /// <summary>REST with XML bodies: S3, CloudFront, Route 53.</summary>
    RestXml,

    /// <summary>One POST with a JSON body and an <c>X-Amz-Target</c> header: DynamoDB, ACM, Lightsail.</summary>
    Json,

    /// <summary>One POST with a form body and an XML answer: STS, IAM, SES.</summary>
    Query,
}

/// <summary>What the wire client has to know of an AWS service. Each layer holds its own.</summary>
public sealed record AwsService
{
    /// <summary>The SDK's service id, by which endpoints are configured: <c>CloudFront</c> for <c>AWS_ENDPOINT_URL_CLOUDFRONT</c>, <c>Route 53</c> for <c>AWS_ENDPOINT_URL_ROUTE_53</c>.</summary>
    public required string ServiceId { get; init; }

    /// <summary>The name in the credential scope of a signature.</summary>
    public required string SigningName { get; init; }

    /// <summary>The first label of the host: <c>lambda</c> in <c>lambda.us-west-2.amazonaws.com</c>.</summary>
    public required string EndpointPrefix { get; init; }

    /// <summary>How it writes.</summary>
    public required WireProtocol Protocol { get; init; }

    /// <summary>The <c>Version</c> of the Query protocol: <c>2011-06-15</c>.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>What stands before the operation in <c>X-Amz-Target</c>: <c>DynamoDB_20120810</c>.</summary>
    public string? TargetPrefix { get; init; }

    /// <summary>The version in the content type of the Json protocol: <c>1.0</c> or <c>1.1</c>.</summary>
    public string JsonVersion { get; init; } = "1.1";

    /// <summary>True for a service without regions (<c>cloudfront.amazonaws.com</c>, signed for <c>us-east-1</c> in the standard partition).</summary>
    public bool IsGlobal { get; init; }

    /// <summary>The account that stands in front of the host, for a service that is called so: S3 Control.</summary>
    public string? AccountId { get; init; }

    /// <summary>Requests a second that the service grants an account; null for no known limit.</summary>
    public double? RequestsPerSecond { get; init; }

    /// <summary>Operations with a budget of their own.</summary>
    public IReadOnlyDictionary<string, double> OperationBudgets { get; init; } = new Dictionary<string, double>();
}
