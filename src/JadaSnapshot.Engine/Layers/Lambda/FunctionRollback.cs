using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>Gives functions the code and the configuration of an earlier version of theirs. What is attached to them stays as it is.</summary>
public static class FunctionRollback
{
    /// <summary>The same selection, of whose functions <c>$LATEST</c> becomes a published version that the snapshot holds.</summary>
    /// <param name="selection">The functions.</param>
    /// <param name="version">The number of the version.</param>
    public static RestoreSelection To(this RestoreSelection selection, int version)
    {
        ArgumentNullException.ThrowIfNull(selection);
        return selection with { As = side => side.Resource.Kind == LambdaFolders.Function ? Of(side, version) : side };
    }

    private static SideResource Of(SideResource side, int version)
    {
        var folder = side.Files[0].Path[..ResourceDifferences.CommonFolder(side.Files)];
        var published = side.Files.FirstOrDefault(file => file.Path == $"{folder}{FunctionView.Versions}{version}.json")
            ?? throw new StoreException(StoreFault.IncompleteSource, $"The snapshot has no version {version} of {side.Resource.Name}.");
        var latest = side.Files.First(file => file.Path == folder + FunctionView.Document);
        var content = Latest(published.Read!(), latest.Read!());
        // Of what is attached nothing is said, as of what was not captured.
        return side with { IsWhole = false, Files = [new(latest.Path, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), () => content)] };
    }

    private static byte[] Latest(byte[] published, byte[] latest)
    {
        var (version, function) = (JsonNode.Parse(published)!.AsObject(), JsonNode.Parse(latest)!.AsObject());
        foreach (var member in (string[])["FunctionArn", "Version"]) version["Configuration"]![member] = function["Configuration"]![member]!.DeepClone();
        foreach (var member in (string[])["Tags", "Concurrency"])
        {
            version.Remove(member);
            if (function[member] is { } value) version[member] = value.DeepClone();
        }
        return Encoding.UTF8.GetBytes(version.ToJsonString());
    }
}
