using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.Lambda;

internal sealed class LambdaState(SandboxWorld world)
{
    private readonly Dictionary<string, LambdaRegion> _regions = new(StringComparer.Ordinal);

    public SandboxWorld World { get; } = world;

    public CodeLinks Links { get; } = new(world);

    /// <exception cref="SandboxException">The function is pending, or an update of it is in progress.</exception>
    public void CheckChangeable(Function function)
    {
        if (!World.IsSettled(function.Created)) throw LambdaErrors.Conflict("The operation cannot be performed at this time. The function is currently in the following state: Pending");
        if (!World.IsSettled(function.Updated)) throw LambdaErrors.Conflict($"The operation cannot be performed at this time. An update is in progress for resource: {function.Arn}");
    }

    public LambdaRegion In(string region)
    {
        if (!_regions.TryGetValue(region, out var found)) _regions.Add(region, found = new LambdaRegion(region, World.Account));
        return found;
    }
}

internal sealed class LambdaRegion(string name, string account)
{
    public string ArnPrefix { get; } = $"arn:aws:lambda:{name}:{account}:";

    public SortedDictionary<string, Function> Functions { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Layer> Layers { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, EventSource> EventSources { get; } = new(StringComparer.Ordinal);

    /// <summary>By ARN.</summary>
    public SortedDictionary<string, CodeSigningConfig> CodeSigningConfigs { get; } = new(StringComparer.Ordinal);

    /// <summary>The version of a layer that an ARN names, or null.</summary>
    public LayerVersion? LayerVersion(string arn) =>
        Layers.Values.SelectMany(layer => layer.Versions.Values).FirstOrDefault(version => version.Arn == arn);
}

/// <summary>The bytes of a zip, or the address of an image.</summary>
internal sealed record Code(byte[] Zip, string Sha256, string? ImageUri = null);

internal sealed class Function
{
    public required string Name { get; init; }
    public required string Arn { get; init; }
    public required FunctionVersion Latest { get; set; }

    /// <summary>When it is no longer pending.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When its last update is over.</summary>
    public DateTimeOffset Updated { get; set; }
    public SortedDictionary<int, FunctionVersion> Published { get; } = [];
    public int LastVersion { get; set; }
    public SortedDictionary<string, Alias> Aliases { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);
    public long? ReservedConcurrency { get; set; }
    public string? CodeSigningConfigArn { get; set; }
    public string RecursiveLoop { get; set; } = "Terminate";

    /// <summary>By qualifier; the unqualified function is <c>$LATEST</c>.</summary>
    public SortedDictionary<string, ResourcePolicy> Policies { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, JsonObject> Urls { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, JsonObject> InvokeConfigs { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, JsonObject> RuntimeManagement { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, JsonObject> ProvisionedConcurrency { get; } = new(StringComparer.Ordinal);

    public string ArnOf(string qualifier) => qualifier == FunctionVersion.LatestNumber ? Arn : $"{Arn}:{qualifier}";
}

internal sealed class FunctionVersion
{
    public const string LatestNumber = "$LATEST";

    public required string Number { get; init; }

    /// <summary>The configuration as it was asked for, in the form in which it is answered.</summary>
    public required JsonObject Settings { get; init; }
    public required Code Code { get; set; }
    public required string RevisionId { get; set; }
    public required DateTimeOffset Modified { get; set; }
}

internal sealed class Alias
{
    public required string Name { get; init; }
    public required string FunctionVersion { get; set; }
    public string Description { get; set; } = "";
    public JsonObject? Routing { get; set; }
    public required string RevisionId { get; set; }
}

internal sealed class EventSource
{
    public required string Id { get; init; }
    public required Function Function { get; set; }
    public required JsonObject Document { get; init; }
    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);
}

internal sealed class CodeSigningConfig
{
    public required string Arn { get; init; }
    public required JsonObject Document { get; init; }
    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);
}

internal sealed class Layer
{
    public required string Name { get; init; }
    public required string Arn { get; init; }
    public int LastVersion { get; set; }
    public SortedDictionary<int, LayerVersion> Versions { get; } = [];
}

internal sealed class LayerVersion
{
    public required int Number { get; init; }
    public required string LayerArn { get; init; }
    public required JsonObject Settings { get; init; }
    public required Code Code { get; init; }
    public required DateTimeOffset Created { get; init; }
    public ResourcePolicy? Policy { get; set; }

    public string Arn => $"{LayerArn}:{Number}";
}
