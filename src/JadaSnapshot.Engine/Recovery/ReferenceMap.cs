using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>
/// What the things of a snapshot are called in the place that is restored to: another account, another region, other names, and the ids
/// that services give to what is made. Rewrites the references in documents accordingly. Safe to use from many threads at once.
/// </summary>
internal sealed partial class ReferenceMap
{
    // Ids that services give, and the account's number: each stands alone between signs that are none of its letters.
    private readonly ConcurrentDictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _arns = new(StringComparer.Ordinal);
    // Google's ids have underscores too.
    private readonly ConcurrentDictionary<string, string> _longIds = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, string> _regions;
    private readonly IReadOnlyDictionary<string, string> _names;
    private readonly Regex? _namedHosts, _namedValues, _regionalHosts, _regionValues;

    /// <param name="accounts">The snapshot's account, and that which is restored to.</param>
    /// <param name="regions">Regions that are others there.</param>
    /// <param name="names">Names that are others there.</param>
    public ReferenceMap((string From, string To) accounts, IReadOnlyDictionary<string, string> regions, IReadOnlyDictionary<string, string> names)
    {
        (_regions, _names) = (regions, names);
        Add(accounts.From, accounts.To);
        if (names.Count > 0)
        {
            _namedHosts = new($@"(?:(?<![A-Za-z0-9.-])|(?<=s3://)){AnyOf(names.Keys)}(?=\.s3[.-]|(?<=s3://[a-z0-9.-]+)[/""<])", RegexOptions.CultureInvariant);
            _namedValues = WholeValue(names.Keys);
        }
        if (regions.Count > 0)
        {
            _regionalHosts = new($@"(?<=[.-]){AnyOf(regions.Keys)}(?=\.amazonaws\.com)", RegexOptions.CultureInvariant);
            _regionValues = WholeValue(regions.Keys);
        }
    }

    /// <summary>Whether everything is called as it was.</summary>
    public bool IsEmpty => _ids.IsEmpty && _longIds.IsEmpty && _arns.IsEmpty && _regions.Count == 0 && _names.Count == 0;

    /// <summary>Learns what something is called: an id, a domain name, or an ARN.</summary>
    public void Add(string from, string to)
    {
        if (from == to || from.Length == 0 || to.Length == 0) return;
        if (from.StartsWith("arn:", StringComparison.Ordinal)) _arns[from] = to;
        else if (Word().Match(from) is { Success: true } word && word.Length == from.Length) _ids[from] = to;
        else if (LongId().Match(from) is { Success: true } id && id.Length == from.Length) _longIds[from] = to;
        // The first label of a domain name is what is given; the rest is the service's.
        else if (from.Split('.', 2) is [var label, var rest] && to.Split('.', 2) is [var other, var same]) { _ids[label] = other; if (rest != same) _arns[from] = to; }
        else _arns[from] = to;
    }

    /// <summary>What something is called there: a whole id, name, or ARN.</summary>
    public string Of(string text) => Rewrite(text, null);

    /// <summary>What a name is there.</summary>
    public string Name(string name) => _names.GetValueOrDefault(name, name);

    /// <summary>What a region is there.</summary>
    public string Region(string region) => _regions.GetValueOrDefault(region, region);

    /// <summary>Rewrites a document; gives the very same array where there was nothing to rewrite.</summary>
    /// <param name="document">The document, as text in UTF-8.</param>
    /// <param name="onRewritten">Is told of each reference that is written otherwise.</param>
    public byte[] Rewrite(byte[] document, Action<string, string>? onRewritten = null)
    {
        if (IsEmpty) return document;
        var text = Encoding.UTF8.GetString(document);
        var rewritten = Rewrite(text, onRewritten);
        return text == rewritten ? document : Encoding.UTF8.GetBytes(rewritten);
    }

    private string Rewrite(string text, Action<string, string>? onRewritten)
    {
        if (text.Contains("%7B", StringComparison.OrdinalIgnoreCase))
            text = EncodedDocument().Replace(text, encoded => Uri.UnescapeDataString(encoded.Value) is var plain && Rewrite(plain, onRewritten) is var rewritten && rewritten != plain ? Uri.EscapeDataString(rewritten) : encoded.Value);
        text = Arn().Replace(text, arn => Told(arn.Value, OfArn(arn.Value), onRewritten));
        if (_namedHosts is not null) text = _namedHosts.Replace(text, name => Told(name.Value, _names[name.Value], onRewritten));
        if (_namedValues is not null) text = _namedValues.Replace(text, name => Told(name.Value, _names[name.Value], onRewritten));
        if (_regionalHosts is not null) text = _regionalHosts.Replace(text, region => Told(region.Value, _regions[region.Value], onRewritten));
        if (_regionValues is not null) text = _regionValues.Replace(text, region => Told(region.Value, _regions[region.Value], onRewritten));
        if (_longIds.IsEmpty) return _ids.IsEmpty ? text : Words(text, onRewritten);
        // In one go: what one thing is called now may have been what another was called.
        return LongId().Replace(text, found => _longIds.TryGetValue(found.Value, out var id) ? Told(found.Value, id, onRewritten) : Words(found.Value, onRewritten));
    }

    private string Words(string text, Action<string, string>? onRewritten) => Word().Replace(text, word => _ids.TryGetValue(word.Value, out var id) ? Told(word.Value, id, onRewritten) : word.Value);

    private string OfArn(string arn)
    {
        // What a thing's ARN is, those of its versions, paths and streams begin with.
        for (var end = arn.Length; end > 0; end = arn.AsSpan(0, end).LastIndexOfAny(':', '/'))
            if (_arns.TryGetValue(arn[..end], out var known)) return known + OfResource(arn[end..]);
        if (arn.Split(':', 6) is not ["arn", var partition, var service, var region, var account, var resource]) return arn;
        return $"arn:{partition}:{service}:{Region(region)}:{_ids.GetValueOrDefault(account, account)}:{OfResource(resource)}";
    }

    private string OfResource(string resource) => _names.Count == 0 && _ids.IsEmpty ? resource : Segment().Replace(resource, segment => _names.GetValueOrDefault(segment.Value) ?? Word().Replace(segment.Value, word => _ids.GetValueOrDefault(word.Value, word.Value)));

    private static string Told(string from, string to, Action<string, string>? onRewritten)
    {
        if (from != to) onRewritten?.Invoke(from, to);
        return to;
    }

    private static Regex WholeValue(IEnumerable<string> values) => new($@"(?<=["">]){AnyOf(values)}(?=<|""(?!\s*:))", RegexOptions.CultureInvariant);

    // The longest first, so that none is taken for its beginning.
    private static string AnyOf(IEnumerable<string> values) => $"(?:{string.Join('|', values.OrderByDescending(value => value.Length).Select(Regex.Escape))})";

    [GeneratedRegex(@"[A-Za-z0-9-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"[A-Za-z0-9_-]+", RegexOptions.CultureInvariant)]
    private static partial Regex LongId();

    [GeneratedRegex(@"[^:/]+", RegexOptions.CultureInvariant)]
    private static partial Regex Segment();

    [GeneratedRegex(@"arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9a-z]*:[^\s""'<>\\,;}\])]+", RegexOptions.CultureInvariant)]
    private static partial Regex Arn();

    [GeneratedRegex(@"%7[Bb][A-Za-z0-9%_.~+-]*", RegexOptions.CultureInvariant)]
    private static partial Regex EncodedDocument();
}
