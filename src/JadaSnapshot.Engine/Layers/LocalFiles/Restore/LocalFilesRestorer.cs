using System.Security.Cryptography;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Secrets;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>Brings folders of this machine back. All that they have is content; what the snapshot does not have stays.</summary>
internal sealed class LocalFilesRestorer : Restorer
{
    private static readonly LocalRootView Roots = new();

    public override string Layer => LocalFilesLayer.LayerName;

    public override IReadOnlyList<string> Kinds { get; } = [Roots.Kind];

    public override RestorePhase Phase => RestorePhase.LocalFiles;

    public override IReadOnlyList<RestorePart> Parts => [];

    public override bool HasDocuments(string kind) => false;

    public override Naming Naming(string kind) => Recovery.Naming.Fixed;

    public override string? WhyNot(RestoreWork work) =>
        work.LocalPath is not { } path ? "it is a folder of this machine, which is no part of the place that is restored to: Restore-JadaLocalFile -Destination says where it is to be"
        : new FileInfo(path).LinkTarget is not null ? $"{path} is a link, through which nothing is written"
        : null;

    // A root that is a single file is made with its content.
    public override Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var path = work.LocalPath!;
        if (new LocalEntries(work.SnapshotFiles, work.Resource).Read().FirstOrDefault() is { Path: "" }) Directory.CreateDirectory(path);
        work.Created(work.Resource.Id);
        return Task.CompletedTask;
    }

    public override (RestorePhase Phase, string Name)? Content(string kind) => (RestorePhase.LocalFiles, "files");

    public override async Task<ContentPlan?> PlanContentAsync(RestoreWork work, CancellationToken cancel)
    {
        LocalRestoreResult plan;
        try
        {
            plan = await RestoreOf(work, planOnly: true).RunAsync(cancel);
        }
        catch (LocalFileException exception)
        {
            return new(RestoreAction.Cannot, exception.Message);
        }
        foreach (var note in plan.Notes) work.Lose(note);
        if (plan.Count == 0) return plan.Failures.Count > 0 ? new(RestoreAction.Cannot, Joined(" ", plan.Failures)) : new(RestoreAction.Skip, "it is equal", plan.Equal);
        var reason = work.IsNew ? "it is not there" : $"missing or different: {Joined(", ", [.. plan.Changes.Select(change => change.Document.Length == 0 ? "." : change.Document)])}";
        return new(work.IsNew ? RestoreAction.Create : RestoreAction.Update, plan.Failures.Count > 0 ? $"{reason}; {Joined(" ", plan.Failures)}" : reason, plan.Count, plan.Bytes) { Changes = plan.Changes };
    }

    public override async Task<long> RestoreContentAsync(RestoreWork work, CancellationToken cancel)
    {
        var result = await RestoreOf(work, planOnly: false).RunAsync(cancel);
        foreach (var failure in result.Failures.Take(10)) work.Fail(failure);
        if (result.Failures.Count > 10) work.Fail($"and {result.Failures.Count - 10:N0} files more.");
        foreach (var note in result.Notes) work.Note(note);
        return result.Count;
    }

    private static LocalRestore RestoreOf(RestoreWork work, bool planOnly) => new(new()
    {
        Snapshot = work.SnapshotFiles,
        Root = work.Resource,
        Files = work.AllFiles,
        Destination = work.LocalPath!,
        MayReplace = !work.IsNew,
        PlanOnly = planOnly,
        OpenAsync = async (file, cancel) =>
        {
            await work.SnapshotFiles.RequireAsync([file], cancel);
            try
            {
                return await SealedFile.Find(work.SnapshotFiles.Of(file)).Single().ReadAsync(work.Target.Keys, () => work.Target.Connection, cancel);
            }
            catch (Exception exception) when (exception is CryptographicException or ServiceException)
            {
                return null;
            }
        },
    });

    private static string Joined(string separator, IReadOnlyList<string> texts) => string.Join(separator, texts.Take(3)) + (texts.Count > 3 ? $" and {texts.Count - 3:N0} more" : "");
}
