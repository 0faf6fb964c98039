using System.Text.Json;

namespace JadaSnapshot.Sandbox.Hosting;

/// <summary>Answers what is for no service of the sandbox, or whose service cannot be told.</summary>
internal sealed class UnknownService : ISandboxService
{
    public string SigningName => "";

    public SandboxException Throttled => new(429, "ThrottlingException", "Rate exceeded");

    public string Identify(SandboxRequest request) => throw Named("");

    public ValueTask<SandboxResponse> HandleAsync(SandboxRequest request, CancellationToken cancel) => throw Named("");

    public double? RequestsPerSecond(string operation) => null;

    public SandboxResponse Render(SandboxRequest request, SandboxException error) =>
        request.Headers["x-amz-target"].Count > 0 || error.Code == "UnknownOperationException"
            ? new()
            {
                Status = error.Status,
                ContentType = "application/x-amz-json-1.1",
                Headers = [new("x-amzn-ErrorType", error.Code)],
                Body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["__type"] = error.Code, ["message"] = error.Message }),
            }
            : Services.S3.S3Errors.Render(request, error);

    public static SandboxException Named(string name) =>
        new(404, "UnknownOperationException", $"The sandbox has no service '{name}'.");

    public static SandboxException Unsigned(SandboxRequest request) => request.Headers["x-amz-target"].Count > 0
        ? new(400, "MissingAuthenticationTokenException", "Missing Authentication Token")
        : new(403, "AccessDenied", "Access Denied");
}
