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

    /// <summary>The local roots that a snapshot has.</summary>
    /// <param name="snapshot">The snapshot.</param>
    public static IReadOnlyList<Resource> In(SnapshotFiles snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return [.. ResourceList.Read(snapshot.Folder).Values.Where(resource => resource.Layer == LocalFilesLayer.LayerName)];
    }

    /// <inheritdoc/>
    public override string Folder(Resource resource) => $"local-files/{PathNames.FromName(resource.Name)}/";
}
