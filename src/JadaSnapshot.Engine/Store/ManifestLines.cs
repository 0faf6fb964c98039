namespace JadaSnapshot.Engine.Store;

/// <summary>A line of a manifest: an entry that is fit to be used, or what is wrong with the line.</summary>
internal readonly record struct ManifestLine(long Number, long Offset, ManifestEntry? Entry, string? Fault)
{
    /// <summary>The entry.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Damaged"/>: the line is none that is ever written.</exception>
    internal ManifestEntry EntryOf(string folder) => Entry ?? throw new StoreException(StoreFault.Damaged, $"{Path.Combine(folder, SnapshotLayout.Manifest)}, line {Number}: {Fault}.");
}

/// <summary>Reads a manifest line by line.</summary>
internal static class ManifestLines
{
    /// <summary>The lines from one on that was read before, or all.</summary>
    internal static IEnumerable<ManifestLine> Read(string folder, long number = 1, long offset = 0)
    {
        var path = Path.Combine(folder, SnapshotLayout.Manifest);
        if (SnapshotReader.IsReadable(path))
        {
            using LineReader lines = new(path, offset);
            var previous = "";
            while (lines.Read() is { } line)
            {
                var entry = JsonLine.Parse(line.Span, StoreJson.Lines.ManifestEntry);
                var fault = Fault(entry, previous);
                yield return new(number++, lines.LineStart, fault is null ? entry : null, fault);
                if (fault is null) previous = entry!.Path;
            }
            if (lines.IsTorn) yield return new(number, lines.Position, null, "it has no end");
        }
        else yield return new(0, 0, null, "the manifest is missing, empty or no file");
    }

    private static string? Fault(ManifestEntry? entry, string previous) => entry switch
    {
        null => "it is not an entry",
        _ when !SnapshotLayout.IsManifestable(entry.Path) => "its path is none that a snapshot holds",
        { Size: < 0 } => "its size is less than nothing",
        _ when !Sha256Text.IsDigest(entry.Sha256) => "its digest is none",
        _ => Utf8Order.Instance.Compare(previous, entry.Path) switch
        {
            < 0 => null,
            0 => $"'{entry.Path}' is there twice",
            _ => $"'{entry.Path}' is out of order",
        },
    };
}
