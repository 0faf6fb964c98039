using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Protocols;

/// <summary>A method and a path template as the services' models write them: <c>GET /2018-10-31/layers/{LayerName}?find=LayerVersion</c>.</summary>
internal sealed class Route
{
    private readonly string _method;
    private readonly string[] _segments;
    private readonly (string Name, string? Value)[] _conditions;

    public Route(string operation, string template)
    {
        Operation = operation;
        Template = template;
        var (method, target) = Cut(template, ' ');
        var (path, query) = Cut(target!, '?');
        _method = method;
        _segments = Split(path);
        _conditions = query is null ? [] : [.. query.Split('&').Select(part => Cut(part, '='))];
    }

    public string Operation { get; }

    public string Template { get; }

    public int Conditions => _conditions.Length;

    /// <summary>The segments of a path; a slash at its end adds none.</summary>
    public static string[] Split(string path) => path.Trim('/').Split('/');

    public bool Fits(SandboxRequest request, string[] segments)
    {
        if (request.Method != _method || segments.Length != _segments.Length) return false;
        for (var i = 0; i < segments.Length; i++)
            if (!IsLabel(_segments[i]) ? segments[i] != _segments[i] : segments[i].Length == 0)
                return false;
        return _conditions.All(condition => request.Parameter(condition.Name) is { } value && (condition.Value is null || value == condition.Value));
    }

    public IReadOnlyDictionary<string, string> Labels(string[] segments)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < segments.Length; i++)
            if (IsLabel(_segments[i])) labels.Add(_segments[i][1..^1], Uri.UnescapeDataString(segments[i]));
        return labels;
    }

    private static bool IsLabel(string segment) => segment.StartsWith('{');

    private static (string, string?) Cut(string text, char at)
    {
        var index = text.IndexOf(at, StringComparison.Ordinal);
        return index < 0 ? (text, null) : (text[..index], text[(index + 1)..]);
    }
}
