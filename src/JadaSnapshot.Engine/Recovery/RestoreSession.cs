using System.Collections.Concurrent;
using System.Security.Cryptography;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Secrets;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>What all steps of a restore share.</summary>
internal sealed class RestoreSession : IDisposable
{
    private RestoreSession(RestoreTarget target, SnapshotSide side, RestoreJournal journal, ReferenceMap map, string account, Action<Problem> onProblem)
    {
        (Target, Side, Journal, Map, Account) = (target, side, journal, map, account);
        Context = new(target.Connection, target.Options, onProblem);
        Secrets = new(target.SecretValues, target.Keys, target.Connection);
        foreach (var (from, to) in journal.Learned) map.Add(from, to);
    }

    /// <summary>The snapshot.</summary>
    public Snapshot Snapshot => Side.Snapshot;

    /// <summary>The snapshot's files.</summary>
    public SnapshotFiles Files => Side.Files;

    /// <summary>Where it is restored to.</summary>
    public RestoreTarget Target { get; }

    /// <summary>The snapshot as a side of a comparison.</summary>
    public SnapshotSide Side { get; }

    /// <summary>What was made before.</summary>
    public RestoreJournal Journal { get; }

    /// <summary>What things are called in the other place.</summary>
    public ReferenceMap Map { get; }

    /// <summary>The account that is restored to.</summary>
    public string Account { get; }

    /// <summary>Whether it is the account of which the snapshot was taken.</summary>
    public bool IsSameAccount => Account == Snapshot.Account;

    /// <summary>Whether what is made comes to be beside what was captured, in the same account.</summary>
    public bool IsCopy => IsSameAccount && !IsSamePlace;

    /// <summary>Whether it is the account of which the snapshot was taken, and nothing is to be called otherwise.</summary>
    public bool IsSamePlace => IsSameAccount && Target.Regions.Count == 0 && Target.Names.Count == 0 && Target.NamePrefix.Length == 0;

    /// <summary>Differences that no restore takes away, each with its reason.</summary>
    public ConcurrentQueue<RecoveryFinding> Losses { get; } = new();

    /// <summary>The keys of objects that were changed, by bucket.</summary>
    public ConcurrentDictionary<string, ConcurrentQueue<string>> ChangedObjects { get; } = new(StringComparer.Ordinal);

    /// <summary>S3, transfers and links.</summary>
    public LayerContext Context { get; }

    /// <summary>The secrets that are known.</summary>
    public SecretValues Secrets { get; }

    /// <summary>A resource in the words of the other place, so that only what is meant otherwise differs.</summary>
    public SideResource Translate(Restorer restorer, SideResource side)
    {
        if (Map.IsEmpty && !Secrets.AreGiven) return side;
        var folder = ResourceDifferences.CommonFolder(side.Files);
        return side with { Files = [.. side.Files.Select(file => Translate(restorer, side.Resource, file, folder)).OrderBy(file => file.Path, StringComparer.Ordinal)] };
    }

    // A file may be called by an id, and the number of a page is no part of that.
    private string Translate(string segment) => ResourceDifferences.WithoutPage(segment) is var name && name.Length < segment.Length && Path.GetFileNameWithoutExtension(name) is var word
        ? Map.Of(word) + segment[word.Length..]
        : Map.Of(segment);

    private SideFile Translate(Restorer restorer, Resource resource, SideFile file, int folder)
    {
        var path = string.Join('/', file.Path.Split('/').Select(Translate));
        if (!file.IsText) return file with { Path = path };
        var original = file.Read!();
        var (document, content) = restorer.Translate(resource, file.Path[folder..], Map.Rewrite(Secrets.Rewrite(resource.Name, file.Path, original, Map, () => Files.Fingerprints)), Map);
        if (document != file.Path[folder..]) path = string.Join('/', file.Path[..folder].Split('/').Select(Map.Of)) + document;
        return ReferenceEquals(original, content)
            ? file with { Path = path }
            : new(path, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), () => content);
    }

    /// <summary>Opens a session: reads the snapshot, and asks who is called.</summary>
    /// <exception cref="StoreException">The snapshot is not finished, or cannot be read.</exception>
    /// <exception cref="Wire.ServiceException">The caller cannot be identified.</exception>
    public static async Task<(RestoreSession Session, IReadOnlyList<SideResource> Resources)> OpenAsync(SnapshotFiles files, RestoreTarget target, Action<Problem> onProblem, CancellationToken cancel)
    {
        var caller = await target.Connection.GetCallerIdentityAsync(cancel);
        var side = new SnapshotSide(SnapshotComparison.Finished(files), () => target.Connection);
        List<SideResource> resources = [.. (await side.ReadAsync(onProblem, cancel)).Select(each => RestorerCatalog.Find(each.Resource.Layer, each.Resource.Kind)?.HasDocuments(each.Resource.Kind) == false ? each with { Files = [] } : each)];
        var map = new ReferenceMap((files.Snapshot.Account ?? "", caller.Account), target.Regions, NamesOf(resources, target));
        var place = $"{caller.Account}\n{target.Endpoint}\n{Text(target.Regions)}\n{Text(target.Names)}\n{target.NamePrefix}";
        return (new(target, side, RestoreJournal.Open(files, place, target.JournalFolder), map, caller.Account, onProblem), resources);
    }

    /// <summary>Why a value that differs was not known to whoever restored it; null where that is not so.</summary>
    public string? WhyUnknown(RestoreChange change) =>
        Target.KeepUnknownSecrets && change is { Snapshot: { } wanted, Live: { } live } && Fingerprinter.IsFingerprint(wanted) && Files.Fingerprints.Of(wanted) == live ? "is a secret that was not given to the rehearsal" : null;

    /// <summary>Learns what stands for a resource of the snapshot.</summary>
    public void Learn(Restorer restorer, SideResource reference, string id, string? arn, IReadOnlyList<string> others)
    {
        var resource = reference.Resource;
        if (restorer.Naming(resource.Kind) == Naming.Given) Map.Add(resource.Id, id);
        if (resource.Arn is not null && arn is { Length: > 0 }) Map.Add(resource.Arn, arn);
        if (others.Count == 0) return;
        foreach (var (from, to) in restorer.OtherIdentifiers(resource, DocumentsOf(reference)).Zip(others)) Map.Add(from, to);
    }

    /// <summary>Makes sure that the documents of resources can be read.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Damaged"/>: one that had to be fetched is not what was captured.</exception>
    public Task RequireAsync(IEnumerable<SideResource> resources, CancellationToken cancel) => Side.RequireAsync(resources.SelectMany(side => side.Files).Where(file => file.IsText), cancel);

    /// <summary>The documents of a resource as they stand on a side.</summary>
    public static ResourceDocuments DocumentsOf(SideResource side)
    {
        var folder = ResourceDifferences.CommonFolder(side.Files);
        return new(side.Files.Where(file => file.IsText).ToDictionary(file => file.Path[folder..], file => file.Read!(), StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Side.Dispose();
        Journal.Dispose();
        Context.Dispose();
    }

    private static Dictionary<string, string> NamesOf(IEnumerable<SideResource> resources, RestoreTarget target)
    {
        Dictionary<string, string> names = new(target.Names, StringComparer.Ordinal);
        if (target.NamePrefix.Length == 0) return names;
        foreach (var resource in resources.Select(side => side.Resource))
            if (RestorerCatalog.Find(resource.Layer, resource.Kind) is { } restorer && restorer.Naming(resource.Kind) == Naming.Chosen)
                names.TryAdd(restorer.ChosenName(resource), target.NamePrefix + restorer.ChosenName(resource));
        return names;
    }

    private static string Text(IReadOnlyDictionary<string, string> map) => string.Join(',', map.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key}={each.Value}"));
}
