using System.Text;
using JadaSnapshot.Engine.Store;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Store;

/// <summary>A store with what snapshots that share files are tested by.</summary>
public abstract class BaseTest : StoreTest
{
    private protected const string Index = "s3-buckets/site/index.html";
    private protected const string Code = "lambda-functions/mailer/code.zip";

    private protected static readonly string[] Keys = ["a//b", "dir/", "empty", "index.html", "é/ß.txt"];

    private protected List<string> Warnings { get; } = [];

    private protected SnapshotOrder Next(Action<string>? onStep = null) => Order(onStep) with { Name = "v1.1", Base = "v1.0", OnWarning = Warnings.Add };

    /// <summary>Captures a bucket and a function, as far as they cannot be kept; says what was captured.</summary>
    private protected static async Task<(Snapshot Snapshot, List<string> Captured)> TakeAsync(SnapshotOrder order, string changed = "")
    {
        List<string> captured = [];
        await using var writer = await SnapshotWriter.OpenAsync(order, Cancel);
        if (writer.Finished is { } finished) return (finished, captured);
        if (!writer.IsCaptured(Site))
        {
            PathAssigner paths = new();
            foreach (var key in Keys)
            {
                var path = $"s3-buckets/site/{paths.Assign(key)}";
                var content = key == "empty" ? "" : $"{key} {(key == changed ? 2 : 1)}";
                if (writer.Keep(Site, path, entry => entry.Object!.ETag == content ? entry : null, Cancel) is not null) continue;
                captured.Add(path);
                using var file = writer.Create(Site, path);
                file.Write(Encoding.UTF8.GetBytes(content));
                await file.CommitAsync(new() { Key = key, ETag = content, LastModified = DateTimeOffset.UnixEpoch }, DateTimeOffset.UnixEpoch, Cancel);
            }
            writer.CompleteResource(Site);
        }
        if (!writer.IsCaptured(Mailer))
        {
            if (writer.Keep(Mailer, Code, entry => entry, Cancel) is null)
            {
                captured.Add(Code);
                await writer.WriteAsync(Mailer, Code, "code"u8.ToArray(), Cancel);
            }
            writer.CompleteResource(Mailer);
        }
        await writer.WriteAsync(SnapshotLayout.OwnFiles, "RECOVERY.md", "Read this first.\n"u8.ToArray(), Cancel);
        return (await writer.FinishAsync([], Cancel), captured);
    }

    private protected static async Task AssertWholeAsync(params Snapshot[] snapshots)
    {
        foreach (var snapshot in snapshots)
            Assert.Empty((await SnapshotVerifier.VerifyAsync(snapshot.Path, null, Cancel)).Findings);
    }

    // What is done to the one can be seen at the other.
    private protected static bool IsShared(Snapshot first, Snapshot second, string path)
    {
        var (one, other) = (Path.Combine(first.Path, path), Path.Combine(second.Path, path));
        var (time, mark) = (File.GetLastWriteTimeUtc(one), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        Tamper(one, file => File.SetLastWriteTimeUtc(file, mark));
        var isShared = File.GetLastWriteTimeUtc(other) == mark;
        Tamper(one, file => File.SetLastWriteTimeUtc(file, time));
        return isShared;
    }

    /// <summary>Changes a sealed file, and leaves it sealed.</summary>
    private protected static void Tamper(string path, Action<string> change, bool keepsTime = false, bool seals = true)
    {
        var time = File.GetLastWriteTimeUtc(path);
        if (OperatingSystem.IsWindows()) File.SetAttributes(path, FileAttributes.Normal);
        else File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        change(path);
        if (!File.Exists(path)) return;
        if (keepsTime) File.SetLastWriteTimeUtc(path, time);
        if (!seals) return;
        if (OperatingSystem.IsWindows()) File.SetAttributes(path, FileAttributes.ReadOnly);
        else File.SetUnixFileMode(path, UnixFileMode.UserRead);
    }
}
