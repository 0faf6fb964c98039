using JadaSnapshot.Sandbox.Hosting.Access;

namespace JadaSnapshot.Sandbox.Hosting.Faults;

/// <summary>The refusals that faults answer with, in each service's words.</summary>
internal static class FaultErrors
{
    private static readonly HashSet<string> XmlServices = ["s3", "s3control", "sts", "iam", "cloudfront", "route53", "ses"];

    /// <summary>Null for a fault that lets the service answer first.</summary>
    public static SandboxException? Of(Fault fault, ISandboxService service, SandboxRequest request) => fault.Kind switch
    {
        _ when service is ITokenService own => own.RefusalOf(fault),
        FaultKind.Error => new(fault.Status, fault.Code, fault.Message),
        FaultKind.Throttle => service.Throttled,
        FaultKind.Deny => Denied(service, request, AccessNeed.Of(service.SigningName, request.Operation)),
        FaultKind.Busy => Busy(service),
        FaultKind.ExpireCredentials => Signing.Refusals.For(service.Name, request, new(400, "ExpiredToken", "The provided token has expired.")),
        FaultKind.ClockSkew => Skewed(service, request),
        FaultKind.Vanish => Vanished(service, request),
        FaultKind.Change when request.Headers.IfMatch.Count > 0 => Changed(service),
        FaultKind.Redirect => Redirected(fault, request),
        _ => null,
    };

    /// <summary>The caller is not allowed something that the request needs.</summary>
    public static SandboxException Denied(ISandboxService service, SandboxRequest request, AccessNeed need)
    {
        var resource = need.Resource == AccessNeed.AnyResource ? "" : $" on resource: \"{need.Resource}\"";
        var message = $"User: {request.Caller?.Arn} is not authorized to perform: {need.Action}{resource} because no identity-based policy allows the {need.Action} action";
        return XmlServices.Contains(service.Name)
            ? new(403, "AccessDenied", message)
            : new(request.Headers["x-amz-target"].Count > 0 ? 400 : 403, "AccessDeniedException", message);
    }

    private static SandboxException Skewed(ISandboxService service, SandboxRequest request)
    {
        var skewed = new SandboxException(403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.")
        {
            Details = [new("RequestTime", request.Headers["x-amz-date"].ToString()), new("ServerTime", DateTimeOffset.UtcNow.AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null))],
        };
        return Signing.Refusals.For(service.Name, request, skewed);
    }

    private static SandboxException Vanished(ISandboxService service, SandboxRequest request) => service.SigningName switch
    {
        "s3" when service.Name == "s3control" => new(404, "NoSuchJobException", "No such job"),
        "s3" when request.RawPath.Trim('/').Contains('/', StringComparison.Ordinal) => new(404, "NoSuchKey", "The specified key does not exist."),
        "s3" => new(404, "NoSuchBucket", "The specified bucket does not exist"),
        "iam" => new(404, "NoSuchEntity", "The role cannot be found."),
        "cloudfront" => new(404, "NoSuchDistribution", "The specified distribution does not exist."),
        "route53" => new(404, "NoSuchHostedZone", "No hosted zone found."),
        "apigateway" => new(404, "NotFoundException", "Invalid identifier specified"),
        _ => new(request.Headers["x-amz-target"].Count > 0 ? 400 : 404, "ResourceNotFoundException", "Requested resource not found"),
    };

    private static SandboxException Busy(ISandboxService service) => service.Name switch
    {
        "s3" => new(409, "OperationAborted", "A conflicting conditional operation is currently in progress against this resource. Please try again."),
        "route53" => new(400, "PriorRequestNotComplete", "The request was rejected because Route 53 was still processing a prior request."),
        "iam" => new(409, "ConcurrentModification", "The request was rejected because multiple requests to change this object were submitted simultaneously."),
        "lambda" => new(409, "ResourceConflictException", "The operation cannot be performed at this time. An update is in progress for the resource."),
        "dynamodb" => new(400, "ResourceInUseException", "Attempt to change a resource which is still in use: Table is being updated."),
        "apigateway" or "apigatewayv2" => new(409, "ConflictException", "Unable to complete operation due to concurrent modification. Please try again later."),
        "sesv2" => new(409, "ConcurrentModificationException", "The resource is being modified by another operation or thread."),
        "cloudfront" => Changed(service),
        "acm" => new(400, "RequestInProgressException", "The certificate request is in process."),
        "lightsail" => new(400, "OperationFailureException", "The operation cannot be performed while another one is in progress."),
        "application-autoscaling" => new(400, "ConcurrentUpdateException", "You already have a pending update to an Application Auto Scaling resource."),
        "secretsmanager" => new(400, "InvalidRequestException", "You can't perform this operation on the secret because it is being changed."),
        "ssm" => new(400, "TooManyUpdates", "There are concurrent updates for a resource that supports one update at a time."),
        _ => service.Throttled,
    };

    private static SandboxException Changed(ISandboxService service) => service.SigningName == "cloudfront"
        ? new(412, "PreconditionFailed", "The request failed because it didn't meet the preconditions in one or more request-header fields.")
        : new(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold") { Details = [new("Condition", "If-Match")] };

    private static SandboxException Redirected(Fault fault, SandboxRequest request)
    {
        var region = fault.Region ?? (request.Region == "us-east-1" ? "us-west-2" : "us-east-1");
        return new(301, "PermanentRedirect", "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.")
        {
            Headers = [new("x-amz-bucket-region", region)],
            Details = [new("Endpoint", $"s3.{region}.amazonaws.com")],
        };
    }
}
