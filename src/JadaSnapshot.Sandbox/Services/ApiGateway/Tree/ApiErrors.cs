using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

internal static class ApiErrors
{
    public static SandboxException Missing(string words, string id) => new(404, "NotFoundException", $"Invalid {words} identifier specified: {id}");

    public static SandboxException Bad(string message) => new(400, "BadRequestException", message);

    public static SandboxException Conflict(string message) => new(409, "ConflictException", message);

    public static SandboxException Throttled() => new(429, "TooManyRequestsException", "Too Many Requests");

    public static SandboxResponse Render(SandboxException error)
    {
        var answer = JsonAnswer.Of(new JsonObject { ["message"] = error.Message }, error.Status);
        return new() { Status = answer.Status, ContentType = answer.ContentType, Body = answer.Body, Headers = [new("x-amzn-ErrorType", error.Code), .. error.Headers] };
    }
}
