using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Layers.AppsScript;

/// <summary>Script projects: every change of a file moves the time, and files are loaded in their order.</summary>
internal sealed class AppsScriptComparison : ILayerComparison
{
    public string Layer => AppsScriptLayer.LayerName;

    public IReadOnlyList<string> Moving => ["updateTime", "createTime"];

    public IReadOnlyList<string> Ordered => ["files", "filePushOrder"];
}
