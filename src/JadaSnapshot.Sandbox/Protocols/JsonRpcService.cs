using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Protocols;

/// <summary>Operations named by the header X-Amz-Target: <c>DynamoDB_20120810.ListTables</c>.</summary>
internal abstract class JsonRpcService : ProtocolService
{
    protected abstract string TargetPrefix { get; }

    /// <summary>The namespace of the service's own errors: <c>com.amazonaws.dynamodb.v20120810</c>; empty for a service that writes bare codes.</summary>
    protected abstract string ErrorNamespace { get; }

    protected abstract string ContentType { get; }

    public sealed override string Identify(SandboxRequest request)
    {
        var target = request.Headers["X-Amz-Target"].ToString();
        var operation = target.StartsWith(TargetPrefix + ".", StringComparison.Ordinal) ? target[(TargetPrefix.Length + 1)..] : "";
        return Operations.Knows(operation) ? operation : throw new SandboxException(400, "UnknownOperationException", $"The sandbox knows no operation '{target}'.");
    }

    public sealed override SandboxResponse Render(SandboxRequest request, SandboxException error)
    {
        var space = error.Code switch
        {
            "ValidationException" => "com.amazon.coral.validate",
            "SerializationException" or "UnknownOperationException" => "com.amazon.coral.service",
            "ThrottlingException" => "com.amazon.coral.availability",
            _ => ErrorNamespace,
        };
        var body = new JsonObject { ["__type"] = ErrorNamespace.Length == 0 ? error.Code : $"{space}#{error.Code}", ["message"] = error.Message };
        foreach (var (name, value) in error.Details) body[name] = value;
        var answer = Answer(body, error.Status);
        return new SandboxResponse { Status = answer.Status, ContentType = answer.ContentType, Body = answer.Body, Headers = error.Headers };
    }

    protected SandboxResponse Answer(JsonNode body, int status = 200) => JsonAnswer.Of(body, status, ContentType);
}
