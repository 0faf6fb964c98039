using System.Collections.Concurrent;

namespace JadaSnapshot.Engine.Estate;

/// <summary>Gathers findings about a document; from any thread.</summary>
internal sealed class EstateFindings(EstateDocument document)
{
    private readonly ConcurrentBag<EstateFinding> _all = [];

    public IReadOnlyList<EstateFinding> InOrder =>
        [.. _all.OrderBy(finding => finding.Line).ThenBy(finding => finding.Column).ThenBy(finding => finding.Message, StringComparer.Ordinal)];

    public void Error(string path, string message) => _all.Add(document.Finding(FindingSeverity.Error, path, message));

    public void Warning(string path, string message) => _all.Add(document.Finding(FindingSeverity.Warning, path, message));

    /// <summary>Says of each name in a list that is not there that it is not; nothing where it is not known what is there.</summary>
    public void Absent(string path, IReadOnlyList<string> names, IReadOnlyList<string>? there, string kind)
    {
        if (there is null) return;
        foreach (var (index, name) in names.Index())
            if (!there.Contains(name)) Error($"{path}/{index}", $"There is no {kind} '{name}'.{NearestName.Question(name, there)}");
    }

    /// <summary>A place in the document (RFC 6901).</summary>
    public static string Pointer(params ReadOnlySpan<string> segments)
    {
        var path = "";
        foreach (var segment in segments) path += "/" + segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
        return path;
    }
}
