using System.Collections.Concurrent;

namespace JadaSnapshot.Engine.Capture;

/// <summary>Captures one resource aside, and puts it in the place of an earlier export only once all of it has arrived.</summary>
internal sealed class ExportSink(IReadOnlyList<ExportFolder> folders, Resource resource, ResourceSecrets secrets, SharedParts? shared, Action<Problem> report) : ISnapshotSink, IDisposable
{
    private readonly ConcurrentDictionary<(ExportFolder Folder, string Name), ExportedFile> _files = new();
    private int _problems;

    public async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        shared?.Note(content.Span);
        using var file = Create(path);
        file.Write(content.Span);
        await file.CommitAsync(null, cancel);
    }

    public ICapturedFile Create(string path)
    {
        var folder = folders.FirstOrDefault(folder => folder.Holds(path)) ?? folders[0];
        return new ExportedFile(folder.NewFile(), file => _files[(folder, folder.Locate(path))] = file);
    }

    public bool TryKeep(string path, Func<ManifestEntry, ManifestEntry?> ifUnchanged, CancellationToken cancel) => false;

    public void Report(string operation, Exception failure, string? item = null)
    {
        Interlocked.Increment(ref _problems);
        report(Failure.ToProblem(failure, resource, operation, item));
    }

    public string Fingerprint(string secret) => secrets.Fingerprint(secret);

    public Task SealAsync(string path, ReadOnlyMemory<byte> document, CancellationToken cancel) => secrets.SealAsync(this, path, document, cancel);

    /// <summary>Gives the files their names, unless problems would make less of an earlier export.</summary>
    public ResourceExport Finish()
    {
        var isEarlierKept = _problems > 0 && folders.Any(folder => folder.HasEarlier);
        if (!isEarlierKept)
            foreach (var folder in folders)
                folder.Place(_files.Where(file => file.Key.Folder == folder).ToDictionary(file => file.Key.Name, file => file.Value, StringComparer.Ordinal));
        return new()
        {
            Name = resource.Name,
            Id = resource.Id,
            Layer = resource.Layer,
            Kind = resource.Kind,
            Region = resource.Region,
            Path = folders[0].Path,
            FileCount = _files.Count,
            TotalBytes = _files.Values.Sum(file => file.Length),
            ProblemCount = _problems,
            IsEarlierKept = isEarlierKept,
        };
    }

    public void Dispose()
    {
        foreach (var file in _files.Values) file.Discard();
        foreach (var folder in folders) folder.Dispose();
    }
}
