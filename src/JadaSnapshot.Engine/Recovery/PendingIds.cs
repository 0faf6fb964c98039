using System.Text;
using System.Text.RegularExpressions;
using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>The ids that services will give to what a plan makes: what refers to them has to wait.</summary>
internal sealed partial class PendingIds(SecretValues secrets)
{
    private readonly Dictionary<string, (string Resource, (int, int) Order)> _pending = new(StringComparer.Ordinal);
    private readonly Dictionary<SideFile, HashSet<string>> _found = [];

    // An ARN whose last word is a number is looked for as it stands.
    private readonly HashSet<string> _numbered = new(StringComparer.Ordinal);

    /// <summary>Tells of a resource that is to be made.</summary>
    public void Add(Restorer restorer, SideResource side)
    {
        var resource = side.Resource;
        var order = ((int)restorer.Phase, restorer.Rank(resource));
        if (restorer.Naming(resource.Kind) == Naming.Given) Add(resource.Id);
        foreach (var other in restorer.OtherIdentifiers(resource, RestoreSession.DocumentsOf(side))) Add(other);

        void Add(string id)
        {
            // Of an ARN its last word is what is given, of a domain name its first.
            var word = id.StartsWith("arn:", StringComparison.Ordinal) ? id[(id.LastIndexOfAny([':', '/']) + 1)..] : id.Split('.')[0];
            if (word.Length > 0 && word.All(char.IsAsciiDigit)) _numbered.Add(word = id);
            if (word.Length > 0) _pending[word] = (resource.Key, order);
        }
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
        return _found[file] = [.. Word().Matches(text).Select(word => word.Value).Where(_pending.ContainsKey), .. _numbered.Where(arn => text.Contains(arn, StringComparison.Ordinal))];
    }

    [GeneratedRegex("[A-Za-z0-9-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
