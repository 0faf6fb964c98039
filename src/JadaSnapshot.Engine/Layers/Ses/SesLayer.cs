using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Ses;

/// <summary>How mail is sent and received: identities, templates, configuration sets, contact lists, receipt rules, and the account's settings in each region.</summary>
public sealed class SesLayer(LayerContext context) : ILayer
{
    /// <summary>The layer's name.</summary>
    public const string LayerName = "ses";

    /// <inheritdoc/>
    public string Name => LayerName;

    /// <inheritdoc/>
    public IAsyncEnumerable<Resource> DiscoverAsync(CancellationToken cancel)
    {
        List<(MailKind Kind, string Region)> sources = [.. MailKind.All.Where(kind => context.Options.WantsKind(kind.Name)).SelectMany(kind => context.Regions.Select(region => (kind, region)))];
        return Merging.MergeAsync(sources, (source, token) => DiscoverAsync(source.Kind, source.Region, token), (source, exception) => context.Report(LayerName, "", exception, source.Region), cancel);
    }

    /// <inheritdoc/>
    public Task CaptureAsync(Resource resource, ISnapshotSink sink, CancellationToken cancel)
    {
        var kind = MailKind.Of(resource);
        var folder = kind.FolderOf(resource);
        return Task.WhenAll(kind.Documents.Select(document =>
            context.Connection.Wire(document.Service, resource.Region).CaptureAsync(document.About(resource.Name), sink, folder + document.File, cancel)));
    }

    private IAsyncEnumerable<Resource> DiscoverAsync(MailKind kind, string region, CancellationToken cancel) => kind switch
    {
        { List: { } list } => DiscoverAsync(kind, list, region, cancel),
        _ when kind == MailKind.Account => new[] { ToResource(kind, region, region) }.ToAsyncEnumerable(),
        _ => DiscoverRuleSetsAsync(region, cancel),
    };

    private async IAsyncEnumerable<Resource> DiscoverAsync(MailKind kind, MailList list, string region, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var page in context.Connection.Wire(SesService.Second, region).PagesAsync<string>(list.Page, answer => answer.Json().Text("NextToken"), cancel))
            foreach (var item in page.Json().Items(list.Items))
                if ((list.Name is null ? item.GetString() : item.Text(list.Name)) is { } name)
                    yield return ToResource(kind, region, name) with { Description = kind == MailKind.Identity ? $"{item.Text("IdentityType")}, {item.Text("VerificationStatus")}" : null };
    }

    private async IAsyncEnumerable<Resource> DiscoverRuleSetsAsync(string region, [EnumeratorCancellation] CancellationToken cancel)
    {
        const string result = "ListReceiptRuleSetsResult";
        await foreach (var page in context.Connection.Wire(SesService.First, region).PagesAsync<string>(
            token => new() { Operation = SesService.ListRuleSets, Parameters = token is null ? [] : [new("NextToken", token)] },
            answer => answer.Xml().All(result).FirstOrDefault()?.Text("NextToken"), cancel))
            foreach (var set in page.Xml().All(result, "RuleSets", "member"))
                if (set.Text("Name") is { } name) yield return ToResource(MailKind.ReceiptRuleSet, region, name);
    }

    private static Resource ToResource(MailKind kind, string region, string name) => new() { Layer = LayerName, Kind = kind.Name, Name = name, Id = name, Region = region };
}
