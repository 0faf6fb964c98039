using System.Globalization;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lambda;

/// <summary>A layer's version as a path names it: the layer by name or ARN, and a number.</summary>
internal sealed record LayerReference(string Name, int Number)
{
    public static LayerReference Of(Call call)
    {
        var text = call.Label("VersionNumber");
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(NameOf(call.Label("LayerName")), number)
            : throw LambdaErrors.InvalidParameter("Layer Version Cannot be less than 1.");
    }

    /// <summary>The name in <c>arn:aws:lambda:region:account:layer:name</c>, or the text itself.</summary>
    public static string NameOf(string nameOrArn) =>
        nameOrArn.StartsWith("arn:", StringComparison.Ordinal) ? nameOrArn.Split(':') is { Length: >= 7 } parts ? parts[6] : nameOrArn : nameOrArn;

    public LayerVersion Version(LambdaState state, string region) =>
        state.In(region).Layers.GetValueOrDefault(Name)?.Versions.GetValueOrDefault(Number) ?? throw LambdaErrors.NotFound("The resource you requested does not exist.");
}
