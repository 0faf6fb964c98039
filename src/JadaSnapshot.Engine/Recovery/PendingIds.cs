using System.Text;
using System.Text.RegularExpressions;
using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>The ids that services will give to what a plan makes: what refers to them has to wait.</summary>
internal sealed partial class PendingIds
{
    private readonly Dictionary<string, (string Resource, (int, int) Order)> _pending = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shared = new(StringComparer.Ordinal);
    private readonly Dictionary<SideFile, HashSet<string>> _found = [];

    /// <summary>Tells of a resource that is to be made.</summary>
    public void Add(Restorer restorer, SideResource side)
    {
        var order = ((int)restorer.Phase, restorer.Rank(side.Resource.Kind));
        foreach (var word in Of(restorer, side).Where(word => !_shared.Contains(word)).Distinct())
            // What several are called by is the account's own: nothing waits for it.
            if (!_pending.TryAdd(word, (side.Resource.Key, order)) && _pending[word].Resource != side.Resource.Key && _pending.Remove(word)) _shared.Add(word);
    }

    /// <summary>The words by which others know a resource, and which are others in another place.</summary>
    public static IEnumerable<string> Of(Restorer restorer, SideResource side)
    {
        var given = restorer.Naming(side.Resource.Kind) == Naming.Given ? [side.Resource.Id] : (string[])[];
        // Of an ARN its last word is what is given, of a domain name its first.
        return given.Concat(restorer.OtherIdentifiers(side.Resource, RestoreSession.DocumentsOf(side)))
            .Select(id => id.StartsWith("arn:", StringComparison.Ordinal) ? id[(id.LastIndexOfAny([':', '/']) + 1)..] : id.Split('.')[0]).Where(word => word.Length > 0);
    }

    /// <summary>The resources still to be made that files refer to, but for their own, each with its place in the order.</summary>
    public IReadOnlyList<(string Resource, (int Phase, int Rank) Order)> In(IEnumerable<SideFile> files, string own) =>
        _pending.Count == 0 ? [] : [.. files.SelectMany(WordsOf).Distinct(StringComparer.Ordinal).Select(word => _pending[word]).Where(each => each.Resource != own).Distinct()];

    private HashSet<string> WordsOf(SideFile file)
    {
        if (_found.TryGetValue(file, out var words)) return words;
        var text = file.Read is null ? "" : Encoding.UTF8.GetString(file.Read());
        if (text.Contains("%7B", StringComparison.OrdinalIgnoreCase)) text = Uri.UnescapeDataString(text);
        return _found[file] = [.. Word().Matches(text).Select(word => word.Value).Where(_pending.ContainsKey)];
    }

    [GeneratedRegex("[A-Za-z0-9-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
