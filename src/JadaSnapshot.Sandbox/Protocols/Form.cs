using System.Globalization;
using System.Net;
using System.Text;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Protocols;

/// <summary>The parameters of a Query request, and parts of them: <c>Tags.member.1.Key</c>.</summary>
internal sealed class Form(IReadOnlyDictionary<string, string> fields)
{
    public static Form Parse(SandboxRequest request)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in request.Query) fields[key] = value;
        foreach (var pair in Encoding.UTF8.GetString(request.Body.Span).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            var key = WebUtility.UrlDecode(at < 0 ? pair : pair[..at]);
            fields[key] = at < 0 ? "" : WebUtility.UrlDecode(pair[(at + 1)..]);
        }
        return new Form(fields);
    }

    public string? Text(string name) => fields.GetValueOrDefault(name);

    /// <exception cref="SandboxException">The parameter is missing.</exception>
    public string Need(string name) =>
        Text(name) is { Length: > 0 } value ? value : throw new SandboxException(400, "ValidationError", Constraint.Missing(name));

    public int? Number(string name)
    {
        if (Text(name) is not { } text) return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new SandboxException(400, "MalformedInput", $"Expected a number for {name}.");
    }

    /// <summary>The parameters under a name as a tree: each part of <c>Rule.Actions.member.1.StopAction.Scope</c> is an element.</summary>
    /// <exception cref="SandboxException">There are none, or one is not to be read.</exception>
    public XElement NeedTree(string name)
    {
        var root = new XElement(name);
        foreach (var (key, value) in fields)
            if (key.StartsWith(name + ".", StringComparison.Ordinal)) Place(root, key[(name.Length + 1)..].Split('.')).Value = value;
        return root.HasElements ? root : throw new SandboxException(400, "ValidationError", Constraint.Missing(name));
    }

    private static XElement Place(XElement root, string[] path)
    {
        var element = root;
        for (var i = 0; i < path.Length; i++)
        {
            if (!path[i].All(char.IsAsciiLetterOrDigit) || path[i].Length == 0 || !char.IsAsciiLetter(path[i][0])) throw new SandboxException(400, "MalformedInput", $"Unexpected parameter {string.Join('.', path)}.");
            element = path[i] == "member" && i + 1 < path.Length ? Child(element, "member", path[++i]) : Child(element, path[i], "");
        }
        return element;
    }

    private static XElement Child(XElement parent, string name, string number)
    {
        if (parent.Elements(name).FirstOrDefault(child => child.Annotation<string>() == number) is { } known) return known;
        var child = new XElement(name);
        child.AddAnnotation(number);
        parent.Add(child);
        return child;
    }

    /// <summary>The members of a list, each with its own fields; a plain value is the field <c>""</c>.</summary>
    public IReadOnlyList<Form> Members(string list)
    {
        var prefix = list + ".member.";
        var members = new SortedDictionary<int, Dictionary<string, string>>();
        foreach (var (key, value) in fields)
        {
            if (!key.StartsWith(prefix, StringComparison.Ordinal)) continue;
            var rest = key[prefix.Length..];
            var dot = rest.IndexOf('.', StringComparison.Ordinal);
            if (!int.TryParse(dot < 0 ? rest : rest[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var index)) continue;
            if (!members.TryGetValue(index, out var member)) members.Add(index, member = new(StringComparer.Ordinal));
            member[dot < 0 ? "" : rest[(dot + 1)..]] = value;
        }
        return [.. members.Values.Select(member => new Form(member))];
    }
}
