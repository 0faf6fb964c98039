using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>How distributions come back, after what they share.</summary>
internal sealed class CloudFrontRunbook : IRunbookPart
{
    public string Layer => CloudFrontLayer.LayerName;

    public RunbookStage Stage => RunbookStage.Distributions;

    public void Write(RunbookSource source, RunbookPage page)
    {
        page.Layer(Layer);
        WriteShared(source, page);
        foreach (var distribution in source.Of(Layer, CloudFrontKinds.Distributions.Name)) WriteDistribution(distribution, source, page);
    }

    private void WriteShared(RunbookSource source, RunbookPage page)
    {
        List<(string, string)> others = [];
        page.Shell(shell =>
        {
            foreach (var resource in source.Resources.Where(resource => resource.Layer == Layer && resource.Kind != CloudFrontKinds.Distributions.Name).OrderBy(resource => SharedRequest.Place(resource.Kind)))
            {
                var kind = CloudFrontKinds.Of(resource);
                var folder = kind.FolderOf(resource);
                if (SharedRequest.Of(resource.Kind) is { } known && source.Xml(folder + kind.Document) is { } document)
                    shell.Send(known.Request(document, resource.Id), $"shared {known.Noun} {resource.Id} {known.IdQuery}");
                else if (resource.Kind == CloudFrontKinds.Functions.Name && source.Has(folder + "live.js") && source.Xml(folder + "live.xml")?.All("FunctionConfig").FirstOrDefault() is { } config)
                    shell.Send(SharedRequest.Shape.Of(config), $"edge_function {resource.Name} {folder + "live.js"}");
                else
                    others.Add((folder, $"`aws cloudfront create-{resource.Kind}`"));
            }
        });
        page.Hints(others);
    }

    private static void WriteDistribution(Resource distribution, RunbookSource source, RunbookPage page)
    {
        var folder = CloudFrontKinds.Distributions.FolderOf(distribution);
        if (source.Xml(folder + "distribution.xml") is not { } document || document.All("DistributionConfig").FirstOrDefault() is not { } config) return;
        string[] aliases = [.. config.All("Aliases", "Items", "CNAME").Select(alias => alias.Value)];
        page.Heading("Distribution", distribution.Id, aliases.Length > 0 ? string.Join(", ", aliases) : config.Text("Comment") ?? distribution.Name);
        page.Restore("Restore-JadaDistribution", "DistributionId", distribution.Id);
        string[] headers = [.. SharedRequest.Fingerprints(config).Select(header => header.Text("HeaderName") ?? "")];
        if (headers.Length > 0) page.Add($"Values of the headers {RunbookQuoting.Markdown(string.Join(", ", headers))} to its origins are not in this snapshot. Write them in place of `null`; what is left `null` is refused.");
        page.Shell(shell =>
        {
            shell.Send(SharedRequest.WithoutFingerprints(SharedRequest.Shape.Of(config)), $"put_distribution {distribution.Id} {document.Text("DomainName")}");
            if (source.Xml(folder + "tags.xml")?.All("Items").FirstOrDefault() is { HasElements: true } tags)
                shell.Send(new JsonObject { ["Resource"] = document.Text("ARN"), ["Tags"] = new JsonObject { ["Items"] = SharedRequest.Shape.Of(tags) } }, $"request aws cloudfront tag-resource");
        });
    }
}

/// <summary>What the edge has kept goes last, when everything behind it is back.</summary>
internal sealed class InvalidationRunbook : IRunbookPart
{
    public string Layer => CloudFrontLayer.LayerName;

    public RunbookStage Stage => RunbookStage.Invalidations;

    public string Introduction => "Invalidations.md";

    public bool IsAbout(Resource resource) => resource.Layer == Layer && resource.Kind == CloudFrontKinds.Distributions.Name;

    public void Write(RunbookSource source, RunbookPage page) => page.Shell(shell =>
    {
        foreach (var distribution in source.Of(Layer, CloudFrontKinds.Distributions.Name))
            if (source.Xml(CloudFrontKinds.Distributions.FolderOf(distribution) + "distribution.xml")?.All("DistributionConfig").FirstOrDefault() is { } config
                && config.Text("Enabled") == "true" && config.All("Aliases", "Items", "CNAME").Any())
                shell.Add($"invalidate {distribution.Id}");
    });
}
