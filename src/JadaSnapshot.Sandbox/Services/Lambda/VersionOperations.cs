using System.Globalization;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lambda;

internal sealed class VersionOperations(LambdaState state)
{
    public void AddTo(OperationTable operations)
    {
        operations.Add("PublishVersion", "POST /2015-03-31/functions/{FunctionName}/versions", Publish);
        operations.Add("ListVersionsByFunction", "GET /2015-03-31/functions/{FunctionName}/versions", List);
    }

    /// <summary>A key that sorts $LATEST first and numbers by value.</summary>
    public static string Order(FunctionVersion version) =>
        (version.Number == FunctionVersion.LatestNumber ? 0 : int.Parse(version.Number, CultureInfo.InvariantCulture)).ToString("D10", CultureInfo.InvariantCulture);

    /// <summary>Freezes $LATEST as a version; if nothing changed since the last one, that one it is.</summary>
    public static FunctionVersion Publish(LambdaState state, Function function, string? description)
    {
        var latest = function.Latest;
        var settings = latest.Settings.DeepClone().AsObject();
        if (description is not null) settings["Description"] = description;
        if (function.Published.Count > 0 && function.Published.Values.Last() is var last
            && last.Code.Sha256 == latest.Code.Sha256 && JsonNode.DeepEquals(WithoutDescription(last.Settings), WithoutDescription(settings)))
            return last;
        var version = new FunctionVersion
        {
            Number = $"{++function.LastVersion}",
            Settings = settings,
            Code = latest.Code,
            RevisionId = state.World.NewGuid(),
            Modified = latest.Modified,
        };
        function.Published.Add(function.LastVersion, version);
        return version;
    }

    private SandboxResponse Publish(Call call)
    {
        var function = FunctionReference.Of(state, call).Function(state.In(call.Region));
        if (call.Json.Text("RevisionId") is { } revision && revision != function.Latest.RevisionId) throw LambdaErrors.StaleRevision();
        state.CheckChangeable(function);
        if (call.Json.Text("CodeSha256") is { Length: > 0 } digest && digest != function.Latest.Code.Sha256)
            throw LambdaErrors.InvalidParameter($"CodeSHA256 ({digest}) is different from current CodeSHA256 in $LATEST ({function.Latest.Code.Sha256}). Please try again with the CodeSHA256 in $LATEST.");
        return JsonAnswer.Of(FunctionConfiguration.Whole(state, function, Publish(state, function, call.Json.Text("Description"))), 201);
    }

    private SandboxResponse List(Call call)
    {
        var function = FunctionReference.Of(state, call).Function(state.In(call.Region));
        return LambdaAnswer.Listing(call, "Versions", function.Published.Values.Prepend(function.Latest), Order, version => FunctionConfiguration.Listed(function, version, version.Number));
    }

    private static JsonObject WithoutDescription(JsonObject settings)
    {
        var copy = settings.DeepClone().AsObject();
        copy.Remove("Description");
        return copy;
    }
}
