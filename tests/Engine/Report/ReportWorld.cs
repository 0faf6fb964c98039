using System.Text;
using JadaSnapshot.Engine.Layers.CloudFront;
using JadaSnapshot.Engine.Layers.Route53;
using JadaSnapshot.Engine.Report;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Tests.Report;

/// <summary>A snapshot in memory of which a report is made.</summary>
internal sealed class ReportWorld
{
    private readonly SortedDictionary<string, byte[]> _documents = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Resource> _resources = new(StringComparer.Ordinal);
    private readonly SnapshotSums _sums = new();

    public IReadOnlyList<string> Layers { get; init; } = ["acm", "apigateway", "cloudfront", "lambda", "route53", "s3"];

    public string Name { get; init; } = "v1.0";

    public ReportWorld Bucket(string name, params (string Key, long Size)[] objects)
    {
        var bucket = Add(new() { Layer = "s3", Kind = "bucket", Name = name, Id = name, Region = "us-west-2" });
        Count(bucket, $"aws-configs/s3/{PathNames.FromName(name)}/policy.json", 10, null);
        foreach (var (key, size) in objects) Count(bucket, $"s3-buckets/{PathNames.FromName(name)}/{PathNames.FromKey(key)}", size, new() { Key = key, ETag = "e" });
        return this;
    }

    public ReportWorld Distribution(string id, string domain, string[] aliases, string origin, string otherOrigin = "", string comment = "")
    {
        var distribution = Add(new() { Layer = "cloudfront", Kind = "distribution", Name = aliases.FirstOrDefault(id), Id = id, Region = "aws-global" });
        return Document(distribution, CloudFrontKinds.Distributions.FolderOf(distribution) + CloudFrontKinds.Distributions.Document, $"""
            <DistributionSummary><Id>{id}</Id><DomainName>{domain}</DomainName><Enabled>true</Enabled><Status>Deployed</Status><Comment>{Text(comment)}</Comment>
            <Aliases><Items>{string.Concat(aliases.Select(alias => $"<CNAME>{Text(alias)}</CNAME>"))}</Items></Aliases>
            <Origins><Items>{Origin(origin)}{Origin(otherOrigin)}</Items></Origins></DistributionSummary>
            """);
    }

    public ReportWorld Zone(string name, params (string Name, string Target)[] aliases)
    {
        var zone = Add(new() { Layer = "route53", Kind = "hosted-zone", Name = name, Id = "Z" + name.Length, Region = "aws-global" });
        var folder = Route53Kinds.Zones.FolderOf(zone);
        return Document(zone, folder + ZoneDocuments.Zone, $"<GetHostedZoneResponse><HostedZone><Name>{name}.</Name><ResourceRecordSetCount>{aliases.Length}</ResourceRecordSetCount></HostedZone></GetHostedZoneResponse>")
            .Document(zone, $"{folder}{ZoneDocuments.RecordSets}-0001.xml", $"<R><ResourceRecordSets>{string.Concat(aliases.Select(alias => $"<ResourceRecordSet><Name>{alias.Name}.</Name><Type>A</Type><AliasTarget><DNSName>{alias.Target}.</DNSName></AliasTarget></ResourceRecordSet>"))}</ResourceRecordSets></R>");
    }

    public ReportWorld Document(Resource resource, string path, string content)
    {
        _documents[path] = Encoding.UTF8.GetBytes(content);
        return Count(resource, path, content.Length, null);
    }

    public ReportWorld Problem(Problem problem)
    {
        _sums.Problems.Add(problem);
        return this;
    }

    public Resource Add(Resource resource) => _resources[resource.Key] = resource;

    public ReportSource Source() => new(_documents.Keys)
    {
        Snapshot = new()
        {
            Name = Name,
            Path = "/store/v1.0",
            Store = "/store",
            Account = "123456789012",
            Status = _sums.Problems.Count == 0 ? SnapshotStatus.Complete : SnapshotStatus.Incomplete,
            StartedAt = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero),
            CompletedAt = new(2026, 11, 22, 3, 4, 5, TimeSpan.Zero),
            Regions = ["us-west-2"],
            ProblemCount = _sums.Problems.Count,
            Layers = [.. Layers.Select(layer => new SnapshotLayer { Name = layer, Status = SnapshotStatus.Complete })],
        },
        Resources = [.. _resources.Values],
        Sums = _sums,
        Read = path => _documents[path],
    };

    public string Write() => Encoding.UTF8.GetString(SnapshotReport.Write(Source()));

    // A host and, behind the first slash, a path.
    private static string Origin(string origin) => origin.Length == 0 ? "" :
        $"<Origin><Id>{Text(origin)}</Id><DomainName>{Text(origin.Split('/')[0])}</DomainName><OriginPath>{Text(string.Concat(origin.Split('/').Skip(1).Select(segment => "/" + segment)))}</OriginPath></Origin>";

    private ReportWorld Count(Resource resource, string path, long size, ObjectRecord? record)
    {
        _sums.Add(new() { Path = path, Size = size, Sha256 = "", Layer = resource.Layer, Resource = resource.Key, Object = record });
        return this;
    }

    private static string Text(string text) => System.Security.SecurityElement.Escape(text);
}
