using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Route53;

/// <summary>Brings health checks back (<see href="https://docs.aws.amazon.com/Route53/latest/APIReference/API_UpdateHealthCheck.html"/>).</summary>
internal sealed class HealthCheckRestorer : Route53Restorer
{
    private const string Children = "ChildHealthChecks";

    private static readonly string Document = Route53Kinds.HealthChecks.Document;

    // What a check is of, and how often it is made, is given once.
    private static readonly string[] Fixed = ["Type", "RequestInterval", "MeasureLatency", "RoutingControlArn"];

    // What an update only takes away where it is told so.
    private static readonly string[] Resettable = [Children, "FullyQualifiedDomainName", "Regions", "ResourcePath"];

    public override IReadOnlyList<string> Kinds => [Route53Kinds.HealthChecks.Name];

    public override string? ListedBy(string kind) => "ListHealthChecks";

    public override IReadOnlyList<RestorePart> Parts =>
    [
        new(Document, UpdateAsync) { IsInCreate = true },
        new(Tags, (work, cancel) => PutTagsAsync(work, "healthcheck", cancel)),
    ];

    public override IReadOnlyList<Loss> Losses =>
    [
        new(Document, "HealthCheckVersion", "is counted by Route 53"),
        new(Document, "CloudWatchAlarmConfiguration*", "is read from the alarm"),
        new(Document, "LinkedService*", "tells which service made it"),
    ];

    public override bool IsPrerequisite(string kind) => true;

    public override bool IdentityIsInDocuments(string kind) => true;

    public override string? Identity(Resource resource, ResourceDocuments documents) => documents.Xml(Document)?.Text("CallerReference");

    public override string? WhyFixed(string kind, string document, string path) =>
        document == Document && Fixed.Any(name => path.StartsWith("HealthCheckConfig." + name, StringComparison.Ordinal)) ? "it is given once, when a check is made" : null;

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var document = work.Documents.Xml(Document)!;
        var config = document.All("HealthCheckConfig").First();
        try
        {
            await MakeAsync([]);
        }
        catch (ServiceException exception) when (exception.Kind is FailureKind.Invalid or FailureKind.NotFound && config.All(Children).Any())
        {
            // The checks that it counts may be made beside it; a later step names them.
            await MakeAsync([Children]);
        }

        async Task MakeAsync(string[] without)
        {
            var (made, wasThere) = await MakeOnceAsync(
                work, document.Text("CallerReference"), refusal => refusal.Code == "HealthCheckAlreadyExists", async reference =>
                {
                    XElement body = new(Space + "CreateHealthCheckRequest", new XElement(Space + "CallerReference", reference), config.In(Space, null, without));
                    return (await Wire(work).SendAsync(XmlRequest.Of("CreateHealthCheck", "POST", Route53Kinds.HealthChecks.List.Path, body), cancel)).Xml().All("HealthCheck").First();
                },
                reference => FindAsync(work, Route53Kinds.HealthChecks.List, found => found.Text("CallerReference") == reference, cancel));
            work.Created(made.Text("Id") ?? "");
            if (wasThere) await UpdateAsync(work, cancel);
        }
    }

    public override Task DeleteAsync(RestoreWork work, CancellationToken cancel) =>
        Wire(work).SendAsync(new() { Operation = "DeleteHealthCheck", Method = "DELETE", Path = PathOf(work) }, cancel);

    private static Task<WireResponse> UpdateAsync(RestoreWork work, CancellationToken cancel)
    {
        var config = work.Documents.Xml(Document)!.All("HealthCheckConfig").First();
        var live = work.Live.Xml(Document)?.All("HealthCheckConfig").FirstOrDefault();
        var reset = Resettable.Where(name => !config.All(name).Any() && live?.All(name).Any() == true).Select(name => new XElement(Space + "ResettableElementName", name)).ToList();
        var body = config.In(Space, "UpdateHealthCheckRequest", Fixed);
        if (reset.Count > 0) body.Add(new XElement(Space + "ResetElements", reset));
        return Wire(work).SendAsync(XmlRequest.Of("UpdateHealthCheck", "POST", PathOf(work), body), cancel);
    }

    private static string PathOf(RestoreWork work) => WirePath.Of(Route53Kinds.HealthChecks.List.Path + "/{}", work.RequiredId);
}
