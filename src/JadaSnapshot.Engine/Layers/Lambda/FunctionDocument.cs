using System.Text.Json;
using JadaSnapshot.Engine.Secrets;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>What may be kept of the documents that describe functions and layers: everything but environment values and download links.</summary>
internal static class FunctionDocument
{
    /// <summary>Stands for a download link, which is a key to the code for ten minutes and of no use afterwards.</summary>
    public const string LinkRemoved = "jada:link-removed";

    public static byte[] WithoutSecrets(byte[] document, Func<string, string> fingerprint) => JsonRedaction.Replace(document, (path, value) => path switch
    {
        ["Configuration", "Environment", "Variables", _] => fingerprint(value),
        ["Code", "Location"] => LinkRemoved,
        _ => null,
    });

    public static byte[] WithoutLink(byte[] document) => JsonRedaction.Replace(document, (path, _) => path is ["Content", "Location"] ? LinkRemoved : null);

    /// <summary>Lambda describes a function whose key it may not use, or whose tags the caller may not list, with an error in their place.</summary>
    public static IEnumerable<ServiceException> Failures(string function, JsonElement described, string? requestId)
    {
        var environment = described.Member("Configuration").Member("Environment").Member("Error");
        if (environment.ValueKind == JsonValueKind.Object) yield return Denied($"The environment of {function} cannot be decrypted", environment, "EnvironmentError", requestId);
        var tags = described.Member("TagsError");
        if (tags.ValueKind == JsonValueKind.Object) yield return Denied($"The tags of {function} cannot be read", tags, "TagsError", requestId);
    }

    private static ServiceException Denied(string what, JsonElement error, string code, string? requestId) => new($"{what}: {error.Text("Message")}")
    {
        Kind = FailureKind.Denied,
        Code = error.Text("ErrorCode") ?? code,
        Service = "lambda",
        Operation = "GetFunction",
        RequestId = requestId,
    };
}
