using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.Lambda;

internal static class LambdaErrors
{
    public static SandboxException NotFound(string message) => new(404, "ResourceNotFoundException", message);

    public static SandboxException Conflict(string message) => new(409, "ResourceConflictException", message);

    public static SandboxException InvalidParameter(string message) => new(400, "InvalidParameterValueException", message);

    public static SandboxException Validation(string message) => new(400, "ValidationException", message);

    public static SandboxException StaleRevision() =>
        new(412, "PreconditionFailedException", "The RevisionId provided does not match the latest RevisionId. Call the GetFunction/GetAlias API to retrieve the latest RevisionId");
}
