using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Layers.Route53.ZoneFiles;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Route53;

/// <summary>How health checks and zones come back.</summary>
internal sealed class Route53Runbook : IRunbookPart
{
    private const int NamesToAsk = 3;

    public string Layer => Route53Layer.LayerName;

    public RunbookStage Stage => RunbookStage.Zones;

    public void Write(RunbookSource source, RunbookPage page)
    {
        page.Layer(Layer);
        foreach (var check in source.Of(Layer, Route53Kinds.HealthChecks.Name)) WriteCheck(check, source, page);
        foreach (var zone in source.Of(Layer, Route53Kinds.Zones.Name)) WriteZone(zone, source, page);
        page.Hints(source.Resources.Where(resource => resource.Layer == Layer && resource.Kind != Route53Kinds.HealthChecks.Name && resource.Kind != Route53Kinds.Zones.Name)
            .Select(resource => (Route53Kinds.Of(resource).FolderOf(resource), $"`aws route53 create-{(resource.Kind == "delegation-set" ? "reusable-delegation-set" : resource.Kind)}`, before the zones that use it")));
    }

    private static void WriteCheck(Resource check, RunbookSource source, RunbookPage page)
    {
        var kind = Route53Kinds.HealthChecks;
        if (source.Xml(kind.FolderOf(check) + kind.Document)?.All("HealthCheckConfig").FirstOrDefault() is not { } config) return;
        page.Heading("Health check", check.Name, check.Id);
        page.Shell(shell => shell.Send(ChangeBatches.Shape.Of(config), $"health_check {check.Id}"));
    }

    private static void WriteZone(Resource zone, RunbookSource source, RunbookPage page)
    {
        var folder = Route53Kinds.Zones.FolderOf(zone);
        if (source.Xml(folder + ZoneDocuments.Zone) is not { } document) return;
        var described = document.All("HostedZone").First();
        var isPrivate = Route53Kinds.IsPrivate(described);
        page.Heading("Zone", zone.Name, $"{zone.Id}, {zone.Description}");
        page.Restore("Restore-JadaHostedZone", "HostedZoneId", zone.Id);
        page.Shell(shell =>
        {
            shell.Send(
                RunbookRequest.Of(
                    ("Name", described.Text("Name")),
                    ("HostedZoneConfig", RunbookRequest.Of(("Comment", described.All("Config").FirstOrDefault()?.Text("Comment")), ("PrivateZone", isPrivate))),
                    ("VPC", isPrivate && document.All("VPCs", "VPC").FirstOrDefault() is { } network ? ChangeBatches.Shape.Of(network) : null),
                    ("DelegationSetId", document.All("DelegationSet").FirstOrDefault()?.Text("Id") is { } set ? ListedKind.Bare(set) : null)),
                $"zone {zone.Id}");
            foreach (var another in document.All("VPCs", "VPC").Skip(1))
                shell.Add($"aws route53 associate-vpc-with-hosted-zone --hosted-zone-id \"$ZONE\" --vpc {ChangeBatches.Shape.Of(another)}");
            WriteRecords(zone, folder, source, shell);
        });
        page.Shell(shell =>
        {
            if (isPrivate) return;
            shell.Add($"aws route53 get-hosted-zone --id \"$ZONE\" --query 'DelegationSet.NameServers' --output text");
            foreach (var record in RecordSets(folder, source).SelectMany(RecordSet.In).Where(record => record.Type is not ("NS" or "SOA")).DistinctBy(record => (record.Name, record.Type)).Take(NamesToAsk))
                shell.Add($"ask {record.Name} {record.Type}");
        });
    }

    // A snapshot that has no batches beside its record sets shows them here.
    private static void WriteRecords(Resource zone, string folder, RunbookSource source, ShellBlock shell)
    {
        string[] batches = [.. source.Below(folder + ZoneDocuments.ChangeBatches)];
        foreach (var batch in batches)
            shell.Add($"change_records < {batch}");
        if (batches.Length > 0) return;
        foreach (var batch in ChangeBatches.Of(zone.Name, zone.Id, RecordSets(folder, source)))
            shell.Send(JsonNode.Parse(Encoding.UTF8.GetString(batch))!, $"change_records");
    }

    private static IEnumerable<XElement> RecordSets(string folder, RunbookSource source) =>
        source.Below($"{folder}{ZoneDocuments.RecordSets}-").Select(path => source.Read(path).ToXml());
}
