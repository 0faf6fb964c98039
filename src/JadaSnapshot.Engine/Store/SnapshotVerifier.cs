using System.Diagnostics;
using JadaSnapshot.Engine.Kept;

namespace JadaSnapshot.Engine.Store;

/// <summary>
/// Proves that a snapshot is what was captured: the description fits the manifest, the manifest fits every file and <c>SHA256SUMS</c>,
/// and there is nothing beside them. Links are never followed.
/// </summary>
public static class SnapshotVerifier
{
    /// <summary>Reads and compares every byte of a snapshot.</summary>
    /// <param name="folder">The snapshot's folder.</param>
    /// <param name="progress">Told after each file how many files and bytes were read so far; called by many threads, one at a time.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.NotASnapshot"/>: there is no such folder, or it is something else.</exception>
    public static Task<SnapshotVerification> VerifyAsync(string folder, Action<long, long>? progress, CancellationToken cancel) => VerifyAsync(folder, null, progress, cancel);

    /// <summary>Reads and compares every byte of a snapshot, and looks up the copies that it keeps in S3.</summary>
    /// <param name="folder">The snapshot's folder.</param>
    /// <param name="copies">Looks copies up; null where nobody is called. A snapshot that has some is not found whole then.</param>
    /// <param name="progress">Told after each file how many files and bytes were read so far; called by many threads, one at a time.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.NotASnapshot"/>: there is no such folder, or it is something else.</exception>
    public static async Task<SnapshotVerification> VerifyAsync(string folder, CopiesCheck? copies, Action<long, long>? progress, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        var snapshot = SnapshotReader.Read(folder);
        SnapshotVerification outcome = new() { Name = snapshot.Name, Path = snapshot.Path, Result = VerificationResult.Unfinished, ProblemCount = snapshot.ProblemCount };
        if (snapshot.Status == SnapshotStatus.Unfinished) return outcome with { Duration = Stopwatch.GetElapsedTime(start) };
        using var hold = SnapshotHold.Share(snapshot.Path);
        Findings findings = new();
        var (files, bytes, kept) = await VerificationRun.CompareAsync(snapshot, findings, progress, cancel).ConfigureAwait(false);
        var (found, unseen) = copies is not null ? await copies.RunAsync(snapshot, kept, document => File.OpenRead(Path.Combine(snapshot.Path, document.Path)), findings, cancel).ConfigureAwait(false)
            : (0, kept.Count > 0 ? "Nobody was called." : null);
        return findings.Conclude(outcome, snapshot, files, bytes, found, unseen) with { Duration = Stopwatch.GetElapsedTime(start) };
    }
}
