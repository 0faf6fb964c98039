using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.Route53;

internal static class Route53Errors
{
    public const string InvalidInputCode = "InvalidInput";
    public const string InvalidBatchCode = "InvalidChangeBatch";

    public static SandboxException NoSuchZone(string id) => new(404, "NoSuchHostedZone", $"No hosted zone found with ID: {id}");

    public static SandboxException NoSuchHealthCheck(string id) => new(404, "NoSuchHealthCheck", $"A health check with id {id} does not exist.");

    public static SandboxException InvalidInput(string message) => new(400, InvalidInputCode, message);

    public static SandboxException InvalidBatch(params IReadOnlyList<string> messages) =>
        new(400, InvalidBatchCode, $"[{string.Join(", ", messages)}]") { Details = [.. messages.Select(message => KeyValuePair.Create("Message", message))] };
}
