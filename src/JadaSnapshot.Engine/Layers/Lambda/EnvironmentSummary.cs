using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>Writes the environment manifest from what was noted of each function.</summary>
internal sealed class EnvironmentSummary : ISnapshotSummary
{
    /// <summary>A value that is the name, the ARN or the address of something that the snapshot knows.</summary>
    private const string KnownName = "name";

    public string Path => "aws-configs/lambda/environment-manifest.json";

    public byte[]? Write(CapturedEstate estate) => estate.Layers.Contains(LambdaLayer.LayerName)
        ? JsonSerializer.SerializeToUtf8Bytes(Of(EnvironmentReferences.Of(estate)), StoreJson.Pages.EnvironmentManifest)
        : null;

    private static EnvironmentManifest Of(IReadOnlyList<EnvironmentReference> all) => new()
    {
        Functions =
        [
            .. from each in all
               group each by (each.Document.Function, each.Document.Region) into function
               select new FunctionVariables(function.Key.Function, function.Key.Region, [.. function.Select(ToUse)]),
        ],
        Variables =
        [
            .. from variable in all.GroupBy(each => each.Variable.Name).OrderBy(variable => variable.Key, StringComparer.Ordinal)
               select new VariableFunctions(variable.Key, [.. variable.Select(each => new FunctionName(each.Document.Function, each.Document.Region)).Distinct()]),
        ],
        SharedValues =
        [
            .. from each in all
               group new VariablePlace(each.Document.Function, each.Document.Region, each.Variable.Name) by each.Variable.Fingerprint into value
               where value.Count() > 1
               select new SharedValue(value.Key, [.. value]),
        ],
    };

    private static VariableUse ToUse(EnvironmentReference each) => new()
    {
        Name = each.Variable.Name,
        Fingerprint = each.Variable.Fingerprint,
        Versions = each.Variable.Versions,
        LooksLike = each.Variable.LooksLike ?? (each.Resources.Count > 0 ? KnownName : null),
        Reference = each.Variable.Reference,
        RefersTo = each.Resources.Count > 0 ? [.. each.Resources.Select(ResourceReference.To)] : null,
    };
}
