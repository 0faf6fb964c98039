using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>
/// A name can lead to one distribution only. Where another has one that the snapshot gives to this, it is moved in one step, without a gap, if
/// the snapshot does not give it to the other; else it is said who has it.
/// </summary>
internal sealed class DistributionAliases(RestoreWork work)
{
    /// <summary>Makes or changes a distribution, and moves the names to it that others have.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="send">Sends a configuration.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task SendAsync(XElement config, Func<XElement, Task> send, CancellationToken cancel)
    {
        try
        {
            await send(config);
        }
        catch (ServiceException exception) when (exception.Code == "CNAMEAlreadyExists")
        {
            var others = await OthersAsync(Of(config), cancel);
            if (others.Count == 0) throw new InvalidOperationException($"{string.Join(", ", Of(config))}: one of these names leads to a distribution of another account{await HintAsync(config, cancel)}. Whoever has it must give it up first.", exception);
            foreach (var (alias, owner) in others)
                if (!await IsOursToMoveAsync(alias, owner, cancel)) throw new InvalidOperationException($"The name {alias} leads to the distribution {owner}, which is no part of the snapshot or has it there as well: take it from that one first.", exception);
            await send(Without(config, others.Keys));
            foreach (var (alias, owner) in others)
            {
                await work.Wire(CloudFrontLayer.Service).SendAsync(
                    new() { Operation = "AssociateAlias", Method = "PUT", Path = WirePath.Of(CloudFrontKinds.Root + "distribution/{}/associate-alias", work.RequiredId), Parameters = [new("Alias", alias)] }, cancel);
                work.Note($"The name {alias} was moved here from the distribution {owner}.");
            }
        }
    }

    /// <summary>Which of the names other distributions of the account have.</summary>
    private async Task<Dictionary<string, string>> OthersAsync(IReadOnlyCollection<string> aliases, CancellationToken cancel)
    {
        Dictionary<string, string> others = new(StringComparer.OrdinalIgnoreCase);
        await foreach (var item in CloudFrontKinds.Distributions.List.ItemsAsync(work.Wire(CloudFrontLayer.Service), cancel))
        {
            var distribution = item.ToXml();
            if (distribution.Text("Id") is not { } id || id == work.Id) continue;
            foreach (var alias in Of(distribution).Intersect(aliases, StringComparer.OrdinalIgnoreCase)) others[alias] = id;
        }
        return others;
    }

    // The snapshot has a say over the distributions that it knows, and over no other.
    private async Task<bool> IsOursToMoveAsync(string alias, string owner, CancellationToken cancel)
    {
        if (ResourceList.Read(work.SnapshotFiles.Folder).Values.FirstOrDefault(resource => resource.Kind == CloudFrontKinds.Distributions.Name && work.Map.Of(resource.Id) == owner) is not { } known) return false;
        var path = CloudFrontKinds.Distributions.FolderOf(known) + DistributionRestorer.Document;
        if (work.Side.AllFiles(known.Key).FirstOrDefault(file => file.Path == path) is not { } document) return false;
        await work.SnapshotFiles.RequireAsync([document], cancel);
        return !CapturedFile.Read(work.SnapshotFiles, document).ToXml().All("DistributionConfig").SelectMany(Of).Contains(alias, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>CloudFront names the accounts of others half hidden, and asks for a distribution with a certificate for the name.</summary>
    private async Task<string> HintAsync(XElement config, CancellationToken cancel)
    {
        if (work.Id is not { } id) return "";
        List<string> found = [];
        try
        {
            foreach (var alias in Of(config))
            {
                var answer = await work.Wire(CloudFrontLayer.Service).SendAsync(WireRequest.Get("ListConflictingAliases", CloudFrontKinds.Root + "conflicting-alias", new("DistributionId", id), new KeyValuePair<string, string>("Alias", alias)), cancel);
                found.AddRange(answer.Xml().All("Items", "ConflictingAlias").Select(conflict => $"{conflict.Text("Alias")} by {conflict.Text("DistributionId")} of {conflict.Text("AccountId")}"));
            }
        }
        catch (ServiceException)
        {
            // It is a hint only.
        }
        return found.Count == 0 ? "" : $" ({string.Join(", ", found)})";
    }

    /// <summary>The names of a configuration or a summary.</summary>
    public static IReadOnlyList<string> Of(XElement config) => [.. config.All("Aliases", "Items", "CNAME").Select(alias => alias.Value)];

    private static XElement Without(XElement config, IReadOnlyCollection<string> aliases)
    {
        XElement copy = new(config);
        copy.All("Aliases", "Items", "CNAME").Where(alias => aliases.Contains(alias.Value, StringComparer.OrdinalIgnoreCase)).ToList().ForEach(alias => alias.Remove());
        var list = copy.All("Aliases").First();
        list.All("Quantity").First().Value = Of(copy).Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (Of(copy).Count == 0) list.All("Items").Remove();
        return copy;
    }
}
