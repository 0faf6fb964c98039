using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>How folders of the operator's machine come back.</summary>
internal sealed class LocalFilesRunbook : IRunbookPart
{
    private static readonly LocalRootView Roots = new();

    public string Layer => LocalFilesLayer.LayerName;

    public RunbookStage Stage => RunbookStage.LocalFiles;

    public void Write(RunbookSource source, RunbookPage page)
    {
        foreach (var root in source.Of(Layer, Roots.Kind))
        {
            var folder = Roots.Folder(root).TrimEnd('/');
            page.Heading("Folder", root.Name, root.Description);
            page.Restore("Restore-JadaLocalFile", "Name", root.Name);
            var target = PathNames.FromName(root.Name) + "-restored";
            page.PowerShell($"Restore-Folder (Convert-Path -LiteralPath {folder}) (Join-Path $HOME {target})");
            page.Shell(shell => shell.Add($"cp -R {folder} \"$HOME\"/{target}"));
        }
    }
}
