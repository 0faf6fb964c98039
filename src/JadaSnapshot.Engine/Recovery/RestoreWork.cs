using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>What a restorer is given of one resource: what the snapshot says of it in the words of the other place, what is live, and where to call.</summary>
/// <param name="session">What all steps share.</param>
/// <param name="restorer">Who brings it back.</param>
/// <param name="reference">The resource in the snapshot; of one that is deleted, the live one.</param>
/// <param name="live">The resource as it is live; null where there is none.</param>
internal sealed class RestoreWork(RestoreSession session, Restorer restorer, SideResource reference, SideResource? live)
{
    private readonly List<string> _notes = [];
    private readonly List<string> _failures = [];
    private readonly List<RewrittenReference> _rewritten = [];
    private readonly Dictionary<string, List<string>> _missing = new(StringComparer.Ordinal);
    private ResourceDocuments? _documents, _original, _live;

    /// <summary>The resource as the snapshot knows it.</summary>
    public Resource Resource => reference.Resource;

    /// <summary>What it is called in the other place.</summary>
    public string Name => restorer.Naming(Resource.Kind) == Naming.Chosen ? session.Map.Name(restorer.ChosenName(Resource)) : Resource.Name;

    /// <summary>Its region there.</summary>
    public string Region => session.Map.Region(Resource.Region);

    /// <summary>Whether it was not there when the plan was made.</summary>
    public bool IsNew => live is null;

    /// <summary>Whether it comes to be beside what was captured, in the same account.</summary>
    public bool IsCopy => session.IsCopy;

    /// <summary>Its id there; null as long as there is none.</summary>
    public string? Id { get; private set; } = live?.Resource.Id;

    /// <summary>Its ARN there, where it is known.</summary>
    public string? Arn { get; private set; } = live?.Resource.Arn;

    /// <summary>Its id there.</summary>
    /// <exception cref="InvalidOperationException">It has not been made.</exception>
    public string RequiredId => Id ?? throw new InvalidOperationException($"{Resource} was not made.");

    /// <summary>Its documents in the snapshot, by their paths below its folder, with secrets in their places and references in the words of the other place.</summary>
    public ResourceDocuments Documents => _documents ??= new(Files.ToDictionary(file => file.Key, file => Prepare(file.Key, file.Value), StringComparer.Ordinal));

    /// <summary>Its documents as they stand in the snapshot.</summary>
    public ResourceDocuments Original => _original ??= Read(Files);

    /// <summary>Its documents as they are live; none where it is new. Secrets are fingerprints.</summary>
    public ResourceDocuments Live => _live ??= live is null ? new(new Dictionary<string, byte[]>()) : Read(TextFiles(live));

    /// <summary>A word that services take to know a call again that is repeated.</summary>
    public string Token => session.Journal.Token(Resource.Key);

    /// <summary>What the caller asked for.</summary>
    public RestoreTarget Target => session.Target;

    /// <summary>S3, transfers and links.</summary>
    public LayerContext Context => session.Context;

    /// <summary>The snapshot.</summary>
    public Snapshot Snapshot => session.Snapshot;

    /// <summary>The snapshot as a side of a comparison.</summary>
    public SnapshotSide Side => session.Side;

    /// <summary>What things are called in the other place.</summary>
    public ReferenceMap Map => session.Map;

    /// <summary>Whether the snapshot was taken of the account that is restored to.</summary>
    public bool IsSameAccount => session.IsSameAccount;

    /// <summary>What a person has to know.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>What of it failed, while the rest went on.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>The references that were written otherwise.</summary>
    public IReadOnlyList<RewrittenReference> Rewritten => [.. _rewritten.Distinct()];

    private Dictionary<string, SideFile> Files => TextFiles(reference);

    /// <summary>All files of the resource in the snapshot, but objects.</summary>
    public IReadOnlyList<ManifestEntry> AllFiles => session.Side.AllFiles(Resource.Key);

    /// <summary>Where a local root comes back to; null where that is not known.</summary>
    public string? LocalPath => Layers.LocalFiles.LocalDestination.Of(session, Resource);

    /// <summary>The names of the documents.</summary>
    public IEnumerable<string> DocumentNames => Files.Keys;

    /// <summary>The names of the live documents.</summary>
    public IEnumerable<string> LiveNames => live is null ? [] : TextFiles(live).Keys;

    /// <summary>The names of secrets in a document that nobody knows.</summary>
    public IReadOnlyList<string> MissingSecrets(string document)
    {
        _ = Documents;
        return _missing.GetValueOrDefault(document) ?? [];
    }

    /// <summary>A service, in the resource's region.</summary>
    public WireClient Wire(AwsService service, string? region = null) => session.Target.Connection.Wire(service, region ?? (Region is "aws-global" ? null : Region));

    /// <summary>Sends a request, again and again while the service says that something else is not ready yet, as long as patience lasts.</summary>
    public Task<WireResponse> SendAsync(WireClient client, WireRequest request, Func<ServiceException, bool> isNotReady, CancellationToken cancel) =>
        Patiently(async () => await client.SendAsync(request, cancel), isNotReady, cancel);

    /// <summary>Does something, again and again while a service says that something else is not ready yet, as long as patience lasts.</summary>
    public async Task<T> Patiently<T>(Func<Task<T>> act, Func<ServiceException, bool> isNotReady, CancellationToken cancel)
    {
        var (answer, failure) = await Waiting.LookAsync(
            async () =>
            {
                try
                {
                    return (await act(), (ServiceException?)null);
                }
                catch (ServiceException exception) when (isNotReady(exception))
                {
                    return (default(T), exception);
                }
            },
            seen => seen.Item2 is null, session.Target.Patience, cancel);
        return failure is null ? answer! : throw failure;
    }

    /// <summary>Says what was made for the resource, or was found to have been made for it before, and what else it is called by (<see cref="Restorer.OtherIdentifiers"/>).</summary>
    public void Created(string id, string? arn = null, params IReadOnlyList<string> others)
    {
        (Id, Arn) = (id, arn);
        session.Journal.Add(Resource.Key, [id, arn ?? "", .. others]);
        session.Learn(restorer, reference, id, arn, others);
        _documents = null;
    }

    /// <summary>Says that another step has made the resource, where it was not there.</summary>
    public void RecallCreation()
    {
        if (IsNew && session.Journal.Made(Resource.Key) is [var id, var arn, ..]) (Id, Arn) = (id, arn.Length == 0 ? null : arn);
    }

    /// <summary>Says what a thing of the snapshot is called now that came to be with this one: the address of a function, the number of a version.</summary>
    public void Learn(string from, string to)
    {
        session.Journal.Add(from, to);
        session.Map.Add(from, to);
        _documents = null;
    }

    /// <summary>Says that a part of it failed.</summary>
    public void Fail(string text) => _failures.Add(text);

    /// <summary>Says what cannot come back of what is no document.</summary>
    public void Lose(string what) => session.Losses.Enqueue(RecoveryFindings.Of(Resource, new() { Document = "", Path = "" }, isExpected: true, what));

    /// <summary>Says that an object was changed: what serves it has to fetch it anew.</summary>
    public void Changed(ObjectChange change) => session.ChangedObjects.GetOrAdd(change.BucketName, _ => []).Enqueue(change.Key);

    /// <summary>The keys of the objects that were changed, by bucket.</summary>
    public IReadOnlyDictionary<string, IReadOnlyCollection<string>> ChangedObjects => session.ChangedObjects.ToDictionary(bucket => bucket.Key, bucket => (IReadOnlyCollection<string>)bucket.Value, StringComparer.Ordinal);

    /// <summary>What should have been made before, and could not be. Only a part that is divisible meets any.</summary>
    public IReadOnlyList<PlannedStep> Lacking { get; init; } = [];

    /// <summary>What could not be made and a text speaks of; null where it speaks of nothing of that kind.</summary>
    public RestoreStep? Lacks(string text) => Lacking.FirstOrDefault(step => PendingIds.Of(step.Restorer!, step.Reference).Any(word => text.Contains(word, StringComparison.Ordinal)))?.Step;

    /// <summary>Says what a person has to know, or to do.</summary>
    public void Note(string text) => _notes.Add(text);

    /// <summary>The snapshot's files.</summary>
    public SnapshotFiles SnapshotFiles => session.Files;

    /// <summary>Whether the manifest names a file of the resource that is no document: <c>code.zip</c>.</summary>
    public bool Has(string file) => Find(file) is not null;

    /// <summary>The size of such a file in bytes; null where there is none, or where it is gone.</summary>
    public long? SizeOf(string file) => Find(file) is { } found && session.Files.Has(found) ? found.Size : null;

    /// <summary>The bytes of a file of the resource that is no document, held against the manifest.</summary>
    /// <exception cref="StoreException">They are not as they were captured.</exception>
    public async Task<byte[]> ReadFileAsync(string file, CancellationToken cancel)
    {
        var found = Find(file) ?? throw new StoreException(StoreFault.Damaged, $"The snapshot has no {file} of {Resource}.");
        return await session.Files.UseAsync(found, async path =>
        {
            CapturedFile.RequireBytes(path, found.Size, found.Sha256, cancel);
            return await File.ReadAllBytesAsync(path, cancel);
        }, cancel);
    }

    /// <summary>A file of the resource that is not compared, in the words of the other place.</summary>
    /// <param name="file">Its path below the resource's folder.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The document, and the names of its secrets that nobody knows.</returns>
    /// <exception cref="StoreException">It is not as it was captured.</exception>
    public async Task<(byte[] Document, IReadOnlyList<string> Missing)> ReadDocumentAsync(string file, CancellationToken cancel)
    {
        List<string> missing = [];
        var whole = session.Secrets.Restore(Resource.Name, file, await ReadFileAsync(file, cancel), missing.Add);
        return (session.Map.Rewrite(whole, (from, to) => _rewritten.Add(new(file, from, to))), Target.KeepUnknownSecrets ? [] : missing);
    }

    private ManifestEntry? Find(string file) => AllFiles.FirstOrDefault(each => NameOf(reference, each.Path) == file);

    private static string NameOf(SideResource resource, string path) => path[ResourceDifferences.CommonFolder(resource.Files)..];

    private static Dictionary<string, SideFile> TextFiles(SideResource resource) =>
        resource.Files.Where(file => file.IsText).ToDictionary(file => NameOf(resource, file.Path), StringComparer.Ordinal);

    private static ResourceDocuments Read(Dictionary<string, SideFile> files) => new(files.ToDictionary(file => file.Key, file => file.Value.Read!(), StringComparer.Ordinal));

    private byte[] Prepare(string document, SideFile file)
    {
        var content = file.Read!();
        if (!document.EndsWith(".json", StringComparison.Ordinal) && !document.EndsWith(".xml", StringComparison.Ordinal)) return content;
        List<string> missing = [];
        var whole = session.Secrets.Restore(Resource.Name, document, content, missing.Add);
        _missing[document] = missing;
        var rewritten = session.Map.Rewrite(whole, (from, to) => _rewritten.Add(new(document, from, to)));
        return restorer.Translate(Resource, document, rewritten, session.Map).Content;
    }
}
