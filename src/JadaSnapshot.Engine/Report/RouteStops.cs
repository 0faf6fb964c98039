using JadaSnapshot.Engine.Layers.Acm;
using JadaSnapshot.Engine.Layers.ApiGateway;
using JadaSnapshot.Engine.Layers.CloudFront;
using JadaSnapshot.Engine.Layers.Lambda;
using JadaSnapshot.Engine.Layers.S3;

namespace JadaSnapshot.Engine.Report;

/// <summary>Makes the stops of routes from what the snapshot holds, and says what of them it does not hold.</summary>
internal sealed class RouteStops
{
    private const int MostNext = 25;

    private readonly ReportSource _source;
    private readonly Dictionary<string, Resource> _buckets;
    private readonly Dictionary<string, (Resource Resource, Api Of)> _apis = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Resource> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Resource> _functionUrls = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _certificates;

    public RouteStops(ReportSource source)
    {
        _source = source;
        _buckets = source.Resources.Where(resource => resource is { Layer: S3Layer.LayerName, Kind: "bucket" }).DistinctBy(bucket => bucket.Name).ToDictionary(bucket => bucket.Name, StringComparer.Ordinal);
        foreach (var api in source.All(new ApiView())) _apis.TryAdd(api.Of.ApiId, api);
        foreach (var (resource, function) in source.All(new FunctionView()))
        {
            _functions.TryAdd(function.FunctionName, resource);
            foreach (var url in function.FunctionUrls)
                if (Uri.TryCreate(url, UriKind.Absolute, out var address)) _functionUrls.TryAdd(address.Host.Split('.')[0], resource);
        }
        _certificates = [.. source.All(new CertificateView()).Select(certificate => certificate.Of.CertificateArn)];
    }

    /// <summary>The APIs.</summary>
    public IEnumerable<Api> Apis => _apis.Values.Select(api => api.Of);

    public RouteStop Distribution(Resource resource, Distribution distribution) => new("Distribution", distribution.DistributionId)
    {
        Detail = string.Join(" · ", new[] { distribution.DomainName, distribution.Comment }.Where(text => text is { Length: > 0 })),
        Folder = FolderOf(resource),
        Marks =
        [
            .. distribution.Environment == DeploymentEnvironment.Staging ? ["staging"] : Array.Empty<string>(),
            .. distribution.Enabled ? [] : new[] { "disabled" },
            .. distribution.Status == "InProgress" ? ["being deployed"] : Array.Empty<string>(),
            .. MarksOf(resource),
        ],
        Fault = distribution.CertificateArn is { } arn && _source.Has(AcmLayer.LayerName) && !_certificates.Contains(arn) ? "has a certificate that is not in this snapshot" : null,
        Next = [.. distribution.Origins.Select(origin => Origin(distribution, origin)).Concat(distribution.LambdaFunctionArns.Select(AtEdge)).Take(MostNext)],
    };

    /// <summary>A distribution that something leads to and that the snapshot does not have.</summary>
    public RouteStop UnknownDistribution(string host) => new("Distribution", host) { Fault = Missing(CloudFrontLayer.LayerName) };

    public RouteStop Bucket(string name) => _buckets.TryGetValue(name, out var bucket)
        ? new("Bucket", name) { Detail = Contents(bucket), Folder = FolderOf(bucket), Marks = MarksOf(bucket) }
        : new("Bucket", name) { Fault = Missing(S3Layer.LayerName) };

    public RouteStop Api(string id)
    {
        if (!_apis.TryGetValue(id, out var api)) return new("API", id) { Fault = Missing(ApiGatewayLayer.LayerName) };
        var functions = api.Of.Routes.Where(route => route.IsFunction).Select(route => route.Target!.Split(':')[0]).Distinct(StringComparer.Ordinal).ToList();
        var others = api.Of.Routes.Count(route => route is { IsFunction: false, Target: not null });
        return new("API", api.Of.Name)
        {
            Detail = $"{api.Of.Protocol} · {ReportText.Count(api.Of.Routes.Count, "route")}{(others > 0 ? $", {ReportText.Number(others)} of them not to functions" : "")}",
            Folder = FolderOf(api.Resource),
            Marks = MarksOf(api.Resource),
            Next = [.. functions.Take(MostNext).Select(Function)],
        };
    }

    private RouteStop Origin(Distribution distribution, DistributionOrigin origin)
    {
        var stop = origin.Kind switch
        {
            OriginKind.Bucket or OriginKind.BucketWebsite => Bucket(origin.Name),
            OriginKind.Api => Api(origin.Name),
            OriginKind.FunctionUrl => _functionUrls.TryGetValue(origin.Name, out var function)
                ? Function(function.Name)
                : new("Function", origin.DomainName) { Fault = Missing(LambdaLayer.LayerName) },
            OriginKind.LoadBalancer => new("Load balancer", origin.Name),
            _ => new("Host", origin.DomainName),
        };
        return stop with
        {
            Name = stop.Name + origin.Path,
            Marks = [.. EnvironmentMark(distribution, origin), .. stop.Marks],
            Fault = stop.Fault ?? (distribution.Environment == DeploymentEnvironment.Production && origin.Environment == DeploymentEnvironment.Staging ? "is staging, and production reads it" : null),
        };
    }

    // Staging that reads from production may be meant, as with shared images, or may not.
    private static IReadOnlyList<string> EnvironmentMark(Distribution distribution, DistributionOrigin origin) =>
        origin.Environment == DeploymentEnvironment.Staging ? ["staging"]
        : distribution.Environment == DeploymentEnvironment.Staging && origin.Kind is (OriginKind.Bucket or OriginKind.BucketWebsite) ? ["production"] : [];

    private RouteStop AtEdge(string arn)
    {
        var stop = Function(arn.Split(':') is [_, _, _, _, _, _, var name, ..] ? name : arn);
        return stop with { Detail = "at the edge" };
    }

    private RouteStop Function(string name) => _functions.TryGetValue(name, out var function)
        ? new("Function", name) { Folder = FolderOf(function), Marks = MarksOf(function) }
        : new("Function", name) { Fault = Missing(LambdaLayer.LayerName) };

    private IReadOnlyList<string> MarksOf(Resource resource) => _source.IsWhole(resource) ? [] : ["not whole"];

    private string? FolderOf(Resource resource) => _source.SumsOf(resource)?.Folder;

    private string? Contents(Resource bucket) =>
        _source.SumsOf(bucket) is { } sums ? $"{ReportText.Count(sums.ObjectCount, "object")}, {ReportText.Bytes(sums.ObjectBytes)}" : null;

    private string? Missing(string layer) => _source.Has(layer) ? "is not in this snapshot" : null;
}
