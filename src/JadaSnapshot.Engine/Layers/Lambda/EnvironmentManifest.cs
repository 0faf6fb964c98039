namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary><c>environment-manifest.json</c>: which function needs which variable, which of their values are the same, and what they speak of. Never a value.</summary>
internal sealed record EnvironmentManifest
{
    public required IReadOnlyList<FunctionVariables> Functions { get; init; }
    public required IReadOnlyList<VariableFunctions> Variables { get; init; }
    public required IReadOnlyList<SharedValue> SharedValues { get; init; }
}

internal sealed record FunctionVariables(string Function, string Region, IReadOnlyList<VariableUse> Variables);

internal sealed record VariableUse
{
    public required string Name { get; init; }
    public required string Fingerprint { get; init; }
    public required IReadOnlyList<string> Versions { get; init; }
    public string? LooksLike { get; init; }
    public string? Reference { get; init; }
    public IReadOnlyList<ResourceReference>? RefersTo { get; init; }
}

internal sealed record VariableFunctions(string Name, IReadOnlyList<FunctionName> Functions);

internal sealed record SharedValue(string Fingerprint, IReadOnlyList<VariablePlace> UsedBy);

internal sealed record FunctionName(string Function, string Region);

internal sealed record VariablePlace(string Function, string Region, string Variable);

internal sealed record ResourceReference(string Layer, string Kind, string Region, string Name, string? Id)
{
    public static ResourceReference To(Resource resource) => new(resource.Layer, resource.Kind, resource.Region, resource.Name, resource.Id == resource.Name ? null : resource.Id);
}
