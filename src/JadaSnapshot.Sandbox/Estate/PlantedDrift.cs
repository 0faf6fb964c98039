namespace JadaSnapshot.Sandbox.Estate;

/// <summary>A file whose staging differs from production.</summary>
/// <param name="Pair">Where production and staging lie.</param>
/// <param name="Path">The key under both prefixes.</param>
public sealed record PlantedDrift(StagingPair Pair, string Path);
