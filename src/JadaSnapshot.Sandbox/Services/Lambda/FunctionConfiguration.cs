using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lambda;

/// <summary>Writes a version of a function as Lambda describes it.</summary>
internal static class FunctionConfiguration
{
    /// <summary>What GetFunctionConfiguration answers; <paramref name="qualifier"/> is what the caller asked for.</summary>
    public static JsonObject Whole(LambdaState state, Function function, FunctionVersion version, string? qualifier = null)
    {
        var answer = Listed(function, version, qualifier);
        var isLatest = version.Number == FunctionVersion.LatestNumber;
        AddStatus(answer, "State", isLatest && !state.World.IsSettled(function.Created) ? ("Pending", "The function is being created.", "Creating") : ("Active", null, null));
        AddStatus(answer, "LastUpdateStatus", isLatest && !state.World.IsSettled(function.Updated) ? ("InProgress", "The function is being created.", "Creating") : ("Successful", null, null));
        if (version.Settings.Text("Runtime") is { } runtime)
            answer["RuntimeVersionConfig"] = new JsonObject { ["RuntimeVersionArn"] = RuntimeVersionArn(function.Arn, runtime) };
        return answer;
    }

    /// <summary>What lists give: the same without the state and the runtime's version.</summary>
    public static JsonObject Listed(Function function, FunctionVersion version, string? qualifier = null)
    {
        var named = qualifier ?? (version.Number == FunctionVersion.LatestNumber ? null : version.Number);
        var answer = new JsonObject
        {
            ["FunctionName"] = function.Name,
            ["FunctionArn"] = named is null ? function.Arn : $"{function.Arn}:{named}",
        };
        foreach (var (name, value) in version.Settings) answer[name] = value?.DeepClone();
        answer["CodeSize"] = version.Code.Zip.LongLength;
        answer["CodeSha256"] = version.Code.Sha256;
        answer["LastModified"] = version.Modified.IsoOffset();
        answer["Version"] = version.Number;
        answer["RevisionId"] = version.RevisionId;
        return answer;
    }

    private static void AddStatus(JsonObject answer, string member, (string Status, string? Reason, string? Code) status)
    {
        answer[member] = status.Status;
        answer.With(member + "Reason", status.Reason).With(member + "ReasonCode", status.Code);
    }

    private static string RuntimeVersionArn(string functionArn, string runtime)
    {
        var region = functionArn.Split(':')[3];
        return $"arn:aws:lambda:{region}::runtime:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(runtime)))}";
    }

    public static JsonObject CodeLocation(LambdaState state, Function function, FunctionVersion version, SandboxRequest request) =>
        version.Code.ImageUri is { } image
            ? new JsonObject { ["RepositoryType"] = "ECR", ["ImageUri"] = image, ["ResolvedImageUri"] = image.Contains('@', StringComparison.Ordinal) ? image : $"{image.Split(':')[0]}@sha256:{version.Code.Sha256}" }
            : new JsonObject { ["RepositoryType"] = "S3", ["Location"] = state.Links.Make("snapshots", function.Name, version.Code, request) };
}
