using System.Globalization;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

internal sealed class InvalidationOperations(CloudFrontState state)
{
    private const string Invalidations = "/2020-05-31/distribution/{DistributionId}/invalidation";
    private const int MostPaths = 3000;
    private const int MostWildcards = 15;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateInvalidation", $"POST {Invalidations}", Create);
        operations.Add("GetInvalidation", $"GET {Invalidations}/{{Id}}", Get);
        operations.Add("ListInvalidations", $"GET {Invalidations}", List);
    }

    public static bool IsInProgress(CloudFrontState state, Invalidation invalidation) => state.World.Now - invalidation.Created < Duration;

    private SandboxResponse Create(Call call)
    {
        var distribution = state.Distribution(call.Label("DistributionId"));
        var batch = call.Xml.Named("InvalidationBatch");
        var reference = batch.Need("CallerReference", "InvalidArgument");
        DistributionRules.CheckQuantities(batch.NeedElement("Paths", "InvalidArgument"));
        var invalidation = new Invalidation("I" + state.World.NewId(25), KeptXml.From(call, batch), state.World.Now);
        List<string> paths = [.. invalidation.Paths];
        if (paths.Count == 0) throw CloudFrontAnswer.Invalid("Your request must contain at least one path.");
        if (paths.Count > MostPaths) throw new SandboxException(413, "BatchTooLarge", "Invalidation batch specified is too large.");
        if (paths.Any(path => !path.StartsWith('/'))) throw CloudFrontAnswer.Invalid("Your request contains one or more invalid invalidation paths.");

        var running = distribution.Invalidations.Where(known => IsInProgress(state, known)).SelectMany(known => known.Paths).Concat(paths).ToList();
        if (running.Count > MostPaths || running.Count(path => path.EndsWith('*')) > MostWildcards)
            throw new SandboxException(400, "TooManyInvalidationsInProgress", "Processing your request would cause you to exceed the maximum number of in-progress invalidations.");

        if (distribution.Invalidations.FirstOrDefault(known => known.Batch.Tree.Text("CallerReference") == reference) is { } same)
        {
            if (!same.Paths.SequenceEqual(paths)) throw new SandboxException(400, "InvalidArgument", "Invalidation batch with the same caller reference has already been used with other paths.");
            invalidation = same;
        }
        else
        {
            distribution.Invalidations.Add(invalidation);
        }
        return XmlAnswer.Of(Render(invalidation), CloudFrontAnswer.Namespace, 201,
            new KeyValuePair<string, string>("Location", $"https://cloudfront.amazonaws.com{call.Request.RawPath}/{invalidation.Id}"));
    }

    private SandboxResponse Get(Call call)
    {
        var invalidation = state.Distribution(call.Label("DistributionId")).Invalidations.FirstOrDefault(known => known.Id == call.Label("Id"))
            ?? throw new SandboxException(404, "NoSuchInvalidation", "The specified invalidation does not exist.");
        return CloudFrontAnswer.Of(Render(invalidation));
    }

    private SandboxResponse List(Call call)
    {
        var invalidations = state.Distribution(call.Label("DistributionId")).Invalidations;
        var newestFirst = invalidations.Select((invalidation, index) => (invalidation, Order: (int.MaxValue - index).ToString("D10", CultureInfo.InvariantCulture)));
        var marker = invalidations.FindIndex(known => known.Id == call.Query("Marker"));
        var size = call.PageSize("MaxItems", 100);
        var page = newestFirst.After(marker < 0 ? null : (int.MaxValue - marker).ToString("D10", CultureInfo.InvariantCulture), size, entry => entry.Order);
        return CloudFrontAnswer.Of(new XElement("InvalidationList",
            new XElement("Marker", call.Query("Marker") ?? ""),
            page.Marker is null ? null : new XElement("NextMarker", page.Items[^1].invalidation.Id),
            new XElement("MaxItems", size),
            new XElement("IsTruncated", page.Marker is not null),
            new XElement("Quantity", page.Items.Count),
            page.Items.Count == 0 ? null : new XElement("Items", page.Items.Select(entry => new XElement("InvalidationSummary", Head(entry.invalidation))))));
    }

    private XElement Render(Invalidation invalidation) => new("Invalidation", Head(invalidation), invalidation.Batch.Element());

    private IEnumerable<XElement> Head(Invalidation invalidation) =>
    [
        new("Id", invalidation.Id),
        new("CreateTime", invalidation.Created.IsoMilliseconds()),
        new("Status", IsInProgress(state, invalidation) ? "InProgress" : "Completed"),
    ];
}
