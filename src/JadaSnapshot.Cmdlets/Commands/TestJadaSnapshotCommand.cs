using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Kept;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>Reads every file of a snapshot again and says whether it is as it was captured.</summary>
[Cmdlet(VerbsDiagnostic.Test, "JadaSnapshot")]
[OutputType(typeof(SnapshotVerification), typeof(bool))]
public sealed class TestJadaSnapshotCommand : JadaConnectedCommand
{
    /// <summary>The snapshots: paths, in which wildcards are allowed, <c>s3://bucket/prefix/v1.0</c>, or names in the store.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ArgumentCompleter(typeof(SnapshotNames))]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The store in which names are looked up: a folder, or <c>s3://bucket/prefix</c>; that of the estate file where none is given, else the current folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Store { get; set; }

    /// <summary>
    /// Of a snapshot in S3, believes the SHA-256 that S3 states of each object rather than reading it; what S3 states none of is held against its size alone, and counted. Of buckets that are kept in S3,
    /// believes the listing of the copies and asks for no checksums.
    /// </summary>
    [Parameter]
    public SwitchParameter Quick { get; set; }

    /// <summary>How many requests to S3 are under way at most.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 32;

    /// <summary>Only true, for a snapshot that is whole, or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override async Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        foreach (var path in Path)
        {
            try
            {
                foreach (var place in await FindAsync(path, pipeline, cancel))
                    await (S3Place.IsMeant(place) ? VerifyRemoteAsync(place, pipeline, cancel) : VerifyAsync(place, pipeline, cancel));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                pipeline.Error(exception.ToErrorRecord(path));
            }
        }
    }

    private async Task<IReadOnlyList<string>> FindAsync(string path, PipelineWriter pipeline, CancellationToken cancel)
    {
        if (S3Place.IsMeant(path)) return [path];
        var found = Store is null ? await pipeline.AskAsync(cmdlet => cmdlet.ExpandPath(path)) : [];
        if (Store is null && (found.Any(System.IO.Path.Exists) || WildcardPattern.ContainsWildcardCharacters(path))) return found;
        return [(await pipeline.FindSnapshotAsync(path, Store ?? EstateFile?.Store, () => Connection, cancel)).Path];
    }

    private Task VerifyAsync(string folder, PipelineWriter pipeline, CancellationToken cancel)
    {
        var snapshot = SnapshotReader.Read(folder);
        if (Quick && snapshot.KeptInS3 is null) throw new UsageException("QuickNeedsS3", $"-Quick believes what S3 states, and {folder} lies on disk.", "Leave -Quick out: every file is read then.");
        var progress = new VerificationProgress(snapshot, pipeline);
        return ShowAsync(SnapshotVerifier.VerifyAsync(folder, new CopiesCheck(() => Connection, Quick, ThrottleLimit) { OnProgress = progress.ReportCopies }, progress.Report, cancel), progress, pipeline);
    }

    private async Task VerifyRemoteAsync(string address, PipelineWriter pipeline, CancellationToken cancel)
    {
        var progress = new VerificationProgress(await RemoteStore.ReadAsync(Connection, address, cancel), pipeline);
        await ShowAsync(RemoteVerifier.VerifyAsync(Connection, address, Quick, progress.Report, ThrottleLimit, cancel), progress, pipeline);
    }

    private async Task ShowAsync(Task<SnapshotVerification> work, VerificationProgress progress, PipelineWriter pipeline)
    {
        await progress.FollowAsync(work);
        var verification = await work;
        pipeline.Write(Quiet ? verification.IsWhole : verification);
    }
}
