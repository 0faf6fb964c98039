using System.Security.Cryptography;

namespace JadaSnapshot.Engine.Store;

/// <summary>One comparison of a snapshot with its manifest: what lies in the folder, then each entry, then what is left.</summary>
internal sealed class VerificationRun
{
    private readonly Snapshot _snapshot;
    private readonly Findings _findings;
    private readonly Action<long, long>? _progress;
    private readonly Lock _counting = new();

    // Salted, so that no file can be named to hide behind another's digest.
    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(16);
    private readonly PathHashSet _onDisk = new();
    private readonly PathHashSet _links = new();
    private readonly PathHashSet _inManifest = new();
    private readonly LayerCounts _counts = new([]);
    private long _listed;
    private long _files;
    private long _bytes;
    private readonly List<ManifestEntry> _kept = [];

    private VerificationRun(Snapshot snapshot, Findings findings, Action<long, long>? progress) =>
        (_snapshot, _findings, _progress) = (snapshot, findings, progress);

    internal static async Task<(long Files, long Bytes, IReadOnlyCollection<ManifestEntry> Kept)> CompareAsync(Snapshot snapshot, Findings findings, Action<long, long>? progress, CancellationToken cancel)
    {
        VerificationRun run = new(snapshot, findings, progress);
        run.CheckManifestDigest();
        run.LookAround(cancel);
        await Parallel.ForEachAsync(run.Entries(), new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, (entry, token) =>
        {
            run.Check(entry, token);
            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);
        run.NameExtras(cancel);
        run.CheckCounts();
        return (run._files, run._bytes, run._kept);
    }

    private void CheckManifestDigest()
    {
        if (_snapshot.Status == SnapshotStatus.Damaged)
            _findings.Add(File.Exists(Of(SnapshotLayout.Description)) ? FindingKind.Invalid : FindingKind.Missing, SnapshotLayout.Description, _snapshot.Remark ?? "It cannot be read.");
        else if (SnapshotReader.DigestOf(Of(SnapshotLayout.Manifest)) is { } digest && digest != _snapshot.ManifestSha256)
            _findings.Add(FindingKind.Changed, SnapshotLayout.Manifest, $"Its SHA-256 is {digest}; {SnapshotLayout.Description} says {_snapshot.ManifestSha256}.");
    }

    private void LookAround(CancellationToken cancel)
    {
        foreach (var file in SnapshotTree.Walk(_snapshot.Path))
        {
            cancel.ThrowIfCancellationRequested();
            if (file.IsLink && _links.Add(Digest(file.Path))) _findings.Add(FindingKind.Invalid, file.Path, "It is a link. A snapshot holds none, and it was not followed.");
            else if (!SnapshotLayout.IsBesideManifest(file.Path)) _onDisk.Add(Digest(file.Path));
        }
    }

    private IEnumerable<ManifestEntry> Entries()
    {
        using SumLines sums = new(Of(SnapshotLayout.Sums), _findings);
        foreach (var line in ManifestLines.Read(_snapshot.Path))
        {
            if (line.Entry is not { } entry)
            {
                _findings.Add(line.Number == 0 ? FindingKind.Missing : FindingKind.Invalid, SnapshotLayout.Manifest, line.Number == 0 ? $"{line.Fault}." : $"Line {line.Number}: {line.Fault}.");
                continue;
            }
            sums.Compare(entry);
            _inManifest.Add(Digest(entry.Path));
            _counts.AddFile(entry);
            if (_onDisk.Contains(Digest(entry.Path)))
            {
                _listed++;
                yield return entry;
            }
            else if (!_links.Contains(Digest(entry.Path))) _findings.AddMissing(entry);
        }
        sums.End();
    }

    private void Check(ManifestEntry entry, CancellationToken cancel)
    {
        try
        {
            var (length, digest) = FileDigest.Of(Of(entry.Path), entry.Size, cancel);
            if (length != entry.Size) _findings.AddOtherLength(entry, length);
            else if (digest != entry.Sha256) _findings.AddOtherBytes(entry, digest);
            lock (_counting)
            {
                (_files, _bytes) = (_files + 1, _bytes + length);
                if (entry.Copies is not null && digest == entry.Sha256) _kept.Add(entry);
                _progress?.Invoke(_files, _bytes);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _findings.Add(FindingKind.Unreadable, entry.Path, e.Message, entry.Layer);
        }
    }

    private void NameExtras(CancellationToken cancel)
    {
        if (_listed == _onDisk.Count) return;
        foreach (var file in SnapshotTree.Walk(_snapshot.Path))
        {
            cancel.ThrowIfCancellationRequested();
            if (!file.IsLink && !SnapshotLayout.IsBesideManifest(file.Path) && !_inManifest.Contains(Digest(file.Path)))
                _findings.AddExtra(file.Path);
        }
    }

    private void CheckCounts()
    {
        try
        {
            foreach (var problem in SnapshotReader.ReadProblems(_snapshot.Path)) _counts.AddProblem(problem.Layer);
        }
        catch (StoreException e)
        {
            _findings.Add(FindingKind.Invalid, SnapshotLayout.Problems, e.Message, SnapshotLayout.OwnLayer);
        }
        if (_snapshot.Status == SnapshotStatus.Damaged) return;
        if (_snapshot.KeptInS3 is { } kept ? _counts.Complete(kept) != kept : _counts.HasCopies)
            _findings.Add(FindingKind.Changed, SnapshotLayout.Description, "What it says of copies in S3 is not what the manifest says.");
        var described = _snapshot.Layers.ToDictionary(layer => layer.Name);
        foreach (var counted in _counts.ToLayers().Where(layer => !described.ContainsKey(layer.Name)))
            _findings.Add(FindingKind.Changed, SnapshotLayout.Description, $"It does not know the layer '{counted.Name}'.");
        foreach (var layer in _snapshot.Layers)
            if (_counts.Of(layer.Name) is var counted && (counted.FileCount, counted.TotalBytes, counted.ProblemCount) != (layer.FileCount, layer.TotalBytes, layer.ProblemCount))
                _findings.Add(FindingKind.Changed, SnapshotLayout.Description,
                    $"It counts {layer.FileCount} files, {layer.TotalBytes} bytes and {layer.ProblemCount} problems in the layer '{layer.Name}'; there are {counted.FileCount}, {counted.TotalBytes} and {counted.ProblemCount}.");
    }

    private string Of(string path) => Path.Combine(_snapshot.Path, path);

    private ulong Digest(string path) => PathHash.Of(path, _salt);
}
