using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.Iam;

internal static class IamErrors
{
    public static SandboxException NoSuchEntity(string message) => new(404, "NoSuchEntity", message);

    public static SandboxException Exists(string message) => new(409, "EntityAlreadyExists", message);

    public static SandboxException Conflict(string message) => new(409, "DeleteConflict", message);

    public static SandboxException Invalid(string message) => new(400, "ValidationError", message);

    public static SandboxException Malformed(string message) => new(400, "MalformedPolicyDocument", message);

    public static SandboxException Limit(string message) => new(409, "LimitExceeded", message);
}
