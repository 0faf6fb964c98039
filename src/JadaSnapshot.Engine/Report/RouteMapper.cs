using System.Text.RegularExpressions;
using System.Xml.Linq;
using JadaSnapshot.Engine.Layers.CloudFront;
using JadaSnapshot.Engine.Layers.Route53;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Report;

/// <summary>Follows names from their zones to what answers them.</summary>
internal sealed partial class RouteMapper
{
    private const int LongestChain = 8;

    private readonly RouteStops _stops;
    private readonly List<(Resource Resource, HostedZone Of)> _zones;
    private readonly List<(Resource Resource, Distribution Of)> _distributions;
    private readonly Dictionary<string, (Resource Resource, Distribution Of)> _byHost = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (string ApiId, string Host)> _apiNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SortedDictionary<string, string>> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _targets = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _reached = new(StringComparer.Ordinal);
    private readonly ReportSource _source;

    private RouteMapper(ReportSource source)
    {
        _source = source;
        _stops = new(source);
        _zones = [.. source.All(new HostedZoneView()).OrderBy(zone => zone.Of.Name, StringComparer.Ordinal)];
        _distributions = [.. source.All(new DistributionView())];
        foreach (var distribution in _distributions) _byHost.TryAdd(distribution.Of.DomainName, distribution);
        foreach (var api in _stops.Apis)
            foreach (var host in api.CustomDomains.Select(domain => domain.Split('/')[0])) _apiNames.TryAdd(host, (api.ApiId, host));
        foreach (var (resource, _) in _zones) _records[resource.Key] = Records(resource);
    }

    /// <summary>Makes the map: a group for each zone, and those for what lies in none.</summary>
    public static IReadOnlyList<RouteGroup> Map(ReportSource source)
    {
        RouteMapper mapper = new(source);
        return [.. mapper._zones.Select(zone => mapper.OfZone(zone.Resource, zone.Of)), .. mapper.WithoutZone()];
    }

    private RouteGroup OfZone(Resource resource, HostedZone zone)
    {
        List<(string Key, RouteName Name, Func<RouteStop> Stop)> found = [];
        foreach (var (name, target) in _records[resource.Key]) found.AddRange(Follow(name, target));
        if (!zone.IsPrivate) found.AddRange(Unled(zone.Name));
        return new(zone.Name, $"{(zone.IsPrivate ? "private · " : "")}{ReportText.Count(zone.RecordSetCount, "record set")}", Routes(found)) { IsZone = true, Folder = _source.SumsOf(resource)?.Folder };
    }

    // What a name leads to, where that is anything that the map knows of.
    private IEnumerable<(string, RouteName, Func<RouteStop>)> Follow(string name, string target)
    {
        target = End(target);
        if (_byHost.TryGetValue(target, out var distribution))
        {
            _reached.Add(distribution.Resource.Key);
            yield return (distribution.Resource.Key, new(name, AnswersTo(distribution.Of, name) ? null : "leads to a distribution that does not answer to it"), () => _stops.Distribution(distribution.Resource, distribution.Of));
        }
        else if (target.EndsWith(".cloudfront.net", StringComparison.OrdinalIgnoreCase)) yield return (target, new(name), () => _stops.UnknownDistribution(target));
        else if (_apiNames.TryGetValue(name, out var api)) yield return ($"api {api.ApiId}", new(name), () => _stops.Api(api.ApiId));
        else if (Website().IsMatch(target)) yield return ($"website {name}", new(name), () => _stops.Bucket(name));
        else if (ApiHost().Match(target) is { Success: true } host) yield return ($"api {target}", new(name), () => _stops.Api(host.Groups["id"].Value));
    }

    // Names of distributions and APIs that lie in a zone, and whose records do not lead there.
    private IEnumerable<(string, RouteName, Func<RouteStop>)> Unled(string zone)
    {
        foreach (var (resource, distribution) in _distributions)
            foreach (var alias in distribution.Aliases.Where(alias => ZoneOf(alias)?.Name == zone && !distribution.DomainName.Equals(EndOf(alias), StringComparison.OrdinalIgnoreCase)))
            {
                // A name with an asterisk may be there for others that have records.
                if (alias.StartsWith('*') && _reached.Contains(resource.Key)) continue;
                _reached.Add(resource.Key);
                yield return (resource.Key, new(alias, EndOf(alias) is null ? "has no record that leads here" : "has a record that leads elsewhere"), () => _stops.Distribution(resource, distribution));
            }
        foreach (var (apiId, host) in _apiNames.Values.Where(api => ZoneOf(api.Host)?.Name == zone && EndOf(api.Host) is null))
            yield return ($"api {apiId}", new(host, "has no record that leads here"), () => _stops.Api(apiId));
    }

    private IEnumerable<RouteGroup> WithoutZone()
    {
        List<Route> elsewhere = [], unnamed = [];
        foreach (var (resource, distribution) in _distributions.Where(each => !_reached.Contains(each.Resource.Key)).OrderBy(each => each.Of.ToString(), StringComparer.Ordinal))
        {
            var names = distribution.Aliases.Where(alias => ZoneOf(alias) is null).Select(alias => new RouteName(alias)).ToList();
            (names.Count > 0 ? elsewhere : unnamed).Add(new(names, _stops.Distribution(resource, distribution)));
        }
        elsewhere.AddRange(_apiNames.Values.Where(api => ZoneOf(api.Host) is null).OrderBy(api => api.Host, StringComparer.Ordinal).Select(api => new Route([new(api.Host)], _stops.Api(api.ApiId))));
        if (elsewhere.Count > 0) yield return new("Names in other zones", _source.Has(Route53Layer.LayerName) ? "their DNS is not in this snapshot" : "Route 53 is not in this snapshot", elsewhere);
        if (unnamed.Count > 0) yield return new("Distributions without a name", "they answer to their own cloudfront.net name alone", unnamed);
        var apis = _stops.Apis.Where(api => api.CustomDomains.Count == 0).OrderBy(api => api.Name, StringComparer.Ordinal).Select(api => new Route([], _stops.Api(api.ApiId))).ToList();
        if (apis.Count > 0) yield return new("APIs without a name", "they answer to their own execute-api address alone", apis);
    }

    private static IReadOnlyList<Route> Routes(IEnumerable<(string Key, RouteName Name, Func<RouteStop> Stop)> found) =>
    [
        .. found.GroupBy(each => each.Key, StringComparer.Ordinal)
            .Select(route => new Route([.. route.Select(each => each.Name).DistinctBy(name => name.Name).OrderBy(name => name.Name.Count('.')).ThenBy(name => name.Name, StringComparer.Ordinal)], route.First().Stop()))
            .OrderBy(route => route.Names[0].Name.Count('.')).ThenBy(route => route.Names[0].Name, StringComparer.Ordinal),
    ];

    private HostedZone? ZoneOf(string name) =>
        _zones.Select(zone => zone.Of).Where(zone => !zone.IsPrivate && (name.Equals(zone.Name, StringComparison.OrdinalIgnoreCase) || name.EndsWith("." + zone.Name, StringComparison.OrdinalIgnoreCase))).MaxBy(zone => zone.Name.Length);

    // Where a name leads in the end; null where there is no record of it.
    private string? EndOf(string name) => _targets.TryGetValue(name, out var target) || _targets.TryGetValue(Wildcard(name), out target) ? End(target) : null;

    private string End(string target)
    {
        for (var i = 0; i < LongestChain && !_byHost.ContainsKey(target) && _targets.TryGetValue(target, out var next); i++) target = next;
        return target;
    }

    private static bool AnswersTo(Distribution distribution, string name) =>
        distribution.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase) || distribution.Aliases.Contains(Wildcard(name), StringComparer.OrdinalIgnoreCase);

    private static string Wildcard(string name) => "*" + name[Math.Max(name.IndexOf('.', StringComparison.Ordinal), 0)..];

    // The names of a zone that are other names, each with the first that it stands for.
    private SortedDictionary<string, string> Records(Resource zone)
    {
        SortedDictionary<string, string> records = new(StringComparer.Ordinal);
        foreach (var set in _source.Documents(Route53Kinds.Zones.FolderOf(zone) + ZoneDocuments.RecordSets, document => document.ToXml()).SelectMany(page => page.All("ResourceRecordSets", "ResourceRecordSet")))
            if (Target(set) is { } target && Name(set.Text("Name") ?? "") is { Length: > 0 } name)
            {
                records.TryAdd(name, target);
                _targets.TryAdd(name, target);
            }
        return records;
    }

    private static string? Target(XElement set) => set.Text("Type") switch
    {
        "A" or "AAAA" => set.All("AliasTarget", "DNSName").FirstOrDefault()?.Value is { } alias ? Name(alias) : null,
        "CNAME" => (set.All("AliasTarget", "DNSName").FirstOrDefault() ?? set.All("ResourceRecords", "ResourceRecord", "Value").FirstOrDefault())?.Value is { } other ? Name(other) : null,
        _ => null,
    };

    // As people write it: without the final dot, and without the escapes of Route 53.
    private static string Name(string name)
    {
        var plain = Octal().Replace(name, octet => ((char)Convert.ToInt32(octet.Groups["digits"].Value, 8)).ToString()).TrimEnd('.');
        return plain.StartsWith("dualstack.", StringComparison.OrdinalIgnoreCase) ? plain["dualstack.".Length..] : plain;
    }

    [GeneratedRegex(@"\\(?<digits>[0-3][0-7]{2})", RegexOptions.ExplicitCapture)]
    private static partial Regex Octal();

    [GeneratedRegex(@"\As3-website[.-][a-z0-9-]+\.amazonaws\.com(\.cn)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Website();

    [GeneratedRegex(@"\A(?<id>[a-z0-9-]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ApiHost();
}
