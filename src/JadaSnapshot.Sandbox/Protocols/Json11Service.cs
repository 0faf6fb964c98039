using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Protocols;

/// <summary>The JSON protocol's version 1.1, whose services write bare error codes.</summary>
internal abstract class Json11Service : JsonRpcService
{
    public override SandboxException Throttled => new(400, "ThrottlingException", "Rate exceeded");

    protected sealed override string ErrorNamespace => "";

    protected sealed override string ContentType => Type;

    private const string Type = "application/x-amz-json-1.1";

    /// <summary>An answer of such a service.</summary>
    public static SandboxResponse Reply(JsonObject body) => JsonAnswer.Of(body, contentType: Type);

    /// <summary>The answer of an operation that has nothing to say.</summary>
    public static SandboxResponse Done(int status = 200) => JsonAnswer.Of(new JsonObject(), status, Type);
}
