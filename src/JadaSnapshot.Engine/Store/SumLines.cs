using System.Text;

namespace JadaSnapshot.Engine.Store;

/// <summary>Compares <c>SHA256SUMS</c> with the manifest, line by line. The first difference is the finding.</summary>
internal sealed class SumLines : IDisposable
{
    private readonly Findings _findings;
    private readonly LineReader? _lines;
    private long _number;
    private bool _differs;

    internal SumLines(string path, Findings findings)
    {
        _findings = findings;
        if (SnapshotReader.IsReadable(path)) _lines = new(path);
        else Report(File.Exists(path) ? FindingKind.Invalid : FindingKind.Missing, "It is missing, empty or no file.");
    }

    internal void Compare(ManifestEntry entry)
    {
        _number++;
        if (_differs) return;
        var line = _lines?.Read();
        if (line is null || !line.Value.Span.SequenceEqual(Encoding.UTF8.GetBytes(Sha256Text.SumLine(entry.Sha256, entry.Path))))
            Report(FindingKind.Changed, line is null ? $"It ends before '{entry.Path}'." : $"Line {_number} is not what the manifest says of '{entry.Path}'.");
    }

    internal void End()
    {
        if (!_differs && _lines is not null && (_lines.Read() is not null || _lines.IsTorn)) Report(FindingKind.Changed, "It has more lines than the manifest.");
    }

    public void Dispose() => _lines?.Dispose();

    private void Report(FindingKind kind, string message)
    {
        _differs = true;
        _findings.Add(kind, SnapshotLayout.Sums, message);
    }
}
