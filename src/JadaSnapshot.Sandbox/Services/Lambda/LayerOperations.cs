using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lambda;

internal sealed partial class LayerOperations(LambdaState state)
{
    private const string Layers = "/2018-10-31/layers";
    private const string Versions = $"{Layers}/{{LayerName}}/versions";

    public void AddTo(OperationTable operations)
    {
        operations.Add("PublishLayerVersion", $"POST {Versions}", async (call, cancel) =>
        {
            var content = call.Json.Part("Content") ?? throw JsonBody.MissingMember("content");
            var code = await CodePackage.TakeAsync(state.World, call, content, cancel).ConfigureAwait(false);
            lock (operations.Gate) return Publish(call, code);
        });
        operations.Add("ListLayers", $"GET {Layers}", List);
        operations.Add("ListLayerVersions", $"GET {Versions}", ListVersions);
        operations.Add("GetLayerVersion", $"GET {Versions}/{{VersionNumber}}", call => Answer(call, LayerReference.Of(call).Version(state, call.Region)));
        operations.Add("GetLayerVersionByArn", $"GET {Layers}?find=LayerVersion", GetByArn);
        operations.Add("DeleteLayerVersion", $"DELETE {Versions}/{{VersionNumber}}", Delete);
    }

    private SandboxResponse Publish(Call call, Code code)
    {
        var region = state.In(call.Region);
        var name = LayerReference.NameOf(call.Label("LayerName"));
        if (name.Length > 64 || !NamePattern().IsMatch(name)) throw LambdaErrors.Validation(Constraint.Pattern(name, "layerName", "[a-zA-Z0-9-_]+"));
        if (!region.Layers.TryGetValue(name, out var layer)) region.Layers.Add(name, layer = new Layer { Name = name, Arn = $"{region.ArnPrefix}layer:{name}" });
        var settings = call.Json.DeepClone().AsObject();
        settings.Remove("Content");
        settings["Description"] ??= "";
        var version = new LayerVersion { Number = ++layer.LastVersion, LayerArn = layer.Arn, Settings = settings, Code = code, Created = state.World.Now };
        layer.Versions.Add(version.Number, version);
        return Answer(call, version, 201);
    }

    private SandboxResponse List(Call call)
    {
        var layers = state.In(call.Region).Layers.Values
            .Select(layer => (layer, latest: layer.Versions.Values.LastOrDefault(version => Fits(call, version))))
            .Where(entry => entry.latest is not null);
        return LambdaAnswer.Listing(call, "Layers", layers, entry => entry.layer.Name, entry => new JsonObject
        {
            ["LayerName"] = entry.layer.Name,
            ["LayerArn"] = entry.layer.Arn,
            ["LatestMatchingVersion"] = Summary(entry.latest!),
        });
    }

    private SandboxResponse ListVersions(Call call)
    {
        var name = LayerReference.NameOf(call.Label("LayerName"));
        var versions = state.In(call.Region).Layers.GetValueOrDefault(name)?.Versions.Values.Where(version => Fits(call, version)) ?? [];
        return LambdaAnswer.Listing(call, "LayerVersions", versions, version => $"{int.MaxValue - version.Number:D10}", Summary);
    }

    private SandboxResponse GetByArn(Call call)
    {
        var arn = call.Query("Arn") ?? throw JsonBody.MissingMember("arn");
        return Answer(call, state.In(call.Region).LayerVersion(arn) ?? throw LambdaErrors.NotFound("The resource you requested does not exist."));
    }

    private SandboxResponse Delete(Call call)
    {
        var reference = LayerReference.Of(call);
        state.In(call.Region).Layers.GetValueOrDefault(reference.Name)?.Versions.Remove(reference.Number);
        return JsonAnswer.Empty();
    }

    private static bool Fits(Call call, LayerVersion version) =>
        Lists(version, "CompatibleRuntimes", call.Query("CompatibleRuntime")) && Lists(version, "CompatibleArchitectures", call.Query("CompatibleArchitecture"));

    private static bool Lists(LayerVersion version, string member, string? wanted) => wanted is null || version.Settings.Texts(member).Contains(wanted);

    private SandboxResponse Answer(Call call, LayerVersion version, int status = 200)
    {
        var answer = new JsonObject
        {
            ["Content"] = new JsonObject
            {
                ["Location"] = state.Links.Make("layers", LayerReference.NameOf(version.LayerArn), version.Code, call.Request),
                ["CodeSha256"] = version.Code.Sha256,
                ["CodeSize"] = version.Code.Zip.LongLength,
            },
            ["LayerArn"] = version.LayerArn,
        };
        foreach (var (name, value) in Summary(version)) answer[name] = value?.DeepClone();
        return JsonAnswer.Of(answer, status);
    }

    private static JsonObject Summary(LayerVersion version)
    {
        var summary = new JsonObject { ["LayerVersionArn"] = version.Arn, ["Version"] = version.Number, ["CreatedDate"] = version.Created.IsoOffset() };
        foreach (var (name, value) in version.Settings) summary[name] = value?.DeepClone();
        return summary;
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]+$")]
    private static partial Regex NamePattern();
}
