using System.Text;
using System.Text.RegularExpressions;
using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>The ids that services will give to what a plan makes: what refers to them has to wait.</summary>
internal sealed partial class PendingIds(SecretValues secrets)
{
    private readonly Dictionary<string, (string Resource, (int, int) Order)> _pending = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shared = new(StringComparer.Ordinal);
    private readonly Dictionary<SideFile, HashSet<string>> _found = [];

    /// <summary>Tells of a resource that is to be made.</summary>
    public void Add(Restorer restorer, SideResource side)
    {
        var order = ((int)restorer.Phase, restorer.Rank(side.Resource));
        // What several are called by is the account's own: nothing waits for it.
        foreach (var word in Of(restorer, side).Where(word => !_shared.Contains(word)).Distinct())
            if (!_pending.TryAdd(word, (side.Resource.Key, order)) && _pending[word].Resource != side.Resource.Key && _pending.Remove(word)) _shared.Add(word);
    }

    /// <summary>The words by which others know a resource, and which are others in another place.</summary>
    public static IEnumerable<string> Of(Restorer restorer, SideResource side)
    {
        var given = restorer.Naming(side.Resource.Kind) == Naming.Given ? [side.Resource.Id] : (string[])[];
        return given.Concat(restorer.OtherIdentifiers(side.Resource, RestoreSession.DocumentsOf(side))).Select(WordOf).Where(word => word.Length > 0);
    }

    // Of an ARN its last word is what is given, unless that is a mere number: then it is looked for as it stands. Of a domain name its first.
    private static string WordOf(string id)
    {
        if (!id.StartsWith("arn:", StringComparison.Ordinal)) return id.Split('.')[0];
        var last = id[(id.LastIndexOfAny([':', '/']) + 1)..];
        return last.All(char.IsAsciiDigit) ? id : last;
    }

    /// <summary>The resources still to be made that files refer to, but for their own, each with its place in the order.</summary>
    public IReadOnlyList<(string Resource, (int Phase, int Rank) Order)> In(Resource own, IEnumerable<SideFile> files) =>
        _pending.Count == 0 ? [] : [.. files.SelectMany(file => WordsOf(own, file)).Distinct(StringComparer.Ordinal).Select(word => _pending[word]).Where(each => each.Resource != own.Key).Distinct()];

    private HashSet<string> WordsOf(Resource own, SideFile file)
    {
        if (_found.TryGetValue(file, out var words)) return words;
        // A secret may name something as well: the address in a variable.
        var text = file.IsText ? Encoding.UTF8.GetString(secrets.Restore(own.Name, file.Path, file.Read!(), _ => { })) : "";
        if (text.Contains("%7B", StringComparison.OrdinalIgnoreCase)) text = Uri.UnescapeDataString(text);
        return _found[file] = [.. Word().Matches(text).Select(word => word.Value).Where(_pending.ContainsKey), .. _pending.Keys.Where(word => word.Contains(':', StringComparison.Ordinal) && text.Contains(word, StringComparison.Ordinal))];
    }

    [GeneratedRegex("[A-Za-z0-9-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
