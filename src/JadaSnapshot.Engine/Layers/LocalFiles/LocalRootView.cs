using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>Local roots as resources that can be exported.</summary>
public sealed class LocalRootView : ResourceView
{
    /// <inheritdoc/>
    public override string Layer => LocalFilesLayer.LayerName;

    /// <inheritdoc/>
    public override string Kind => "local-root";

    /// <inheritdoc/>
    public override bool IsOfAws => false;

    /// <inheritdoc/>
    public override string Folder(Resource resource) => $"local-files/{PathNames.FromName(resource.Name)}/";
}
