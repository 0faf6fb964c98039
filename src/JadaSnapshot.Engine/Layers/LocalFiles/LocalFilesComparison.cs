using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>Local roots: the files speak for themselves, and of a repository the commits do; times and bundles are otherwise each time.</summary>
internal sealed class LocalFilesComparison : ILayerComparison
{
    public string Layer => LocalFilesLayer.LayerName;

    public IReadOnlyList<string> NotCompared => [".jada/entries.jsonl", "repository.bundle"];
}
