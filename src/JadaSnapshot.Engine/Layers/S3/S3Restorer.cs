using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Kept;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Sync;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.S3;

/// <summary>
/// Brings buckets back (<see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html"/>). What decides how
/// objects are written is set first; then the objects come; and what would act on them (events, replication, expiry) comes last.
/// </summary>
internal sealed class S3Restorer : Restorer
{
    private const string Kind = "bucket";
    private const string Settings = "configuration";

    public override string Layer => S3Layer.LayerName;

    public override IReadOnlyList<string> Kinds => [Kind];

    public override RestorePhase Phase => RestorePhase.Buckets;

    public override IReadOnlyList<RestorePart> Parts { get; } =
    [
        Whole("public-access-block.xml"), Whole("ownership-controls.xml"), Switch("versioning.xml", "Status", "Suspended"), Whole("encryption.xml", canBeTakenAway: false), Whole("object-lock.xml", canBeTakenAway: false),
        new("location.xml", (_, _) => Task.CompletedTask) { IsInCreate = true },
        .. new[]
        {
            Whole("tagging.xml"), Whole("policy.json"), new("acl.xml", PutAclAsync), Whole("website.xml"), Whole("cors.xml"), Switch("request-payment.xml", "Payer", "BucketOwner"), Switch("accelerate.xml", "Status", "Suspended"),
            Whole("logging.xml", canBeTakenAway: false), Listed("analytics", "AnalyticsConfiguration"), Listed("intelligent-tiering", "IntelligentTieringConfiguration"), Listed("inventory", "InventoryConfiguration"), Listed("metrics", "MetricsConfiguration"),
            Whole("lifecycle.xml"), Whole("replication.xml"), Whole("notification.xml", canBeTakenAway: false),
        }.Select(part => part with { Phase = RestorePhase.BucketSettings, Name = Settings }),
    ];

    public override IReadOnlyList<Loss> Losses => [new("location.xml", "*", "is the region that was chosen")];

    public override bool CanDelete(string kind) => true;

    // The owner of a bucket stands in its list of rights, by an id that every account has its own of.
    public override IReadOnlyList<string> OtherIdentifiers(Resource resource, ResourceDocuments documents) => documents.Xml("acl.xml") is { } acl && OwnerOf(acl) is { } owner ? [owner] : [];

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var s3 = work.Context.S3;
        s3.Learn(work.Name, work.Region);
        try
        {
            await work.Patiently(async () => { await s3.ChangeAsync(CreateCall(work), cancel); return true; }, IsBusy, cancel);
        }
        catch (ServiceException exception) when (exception.Code is "BucketAlreadyOwnedByYou")
        {
            // A call whose answer was lost has made it.
        }
        // New buckets get defaults that older ones do not have.
        if (work.Documents.Find("public-access-block.xml") is null) await RemoveAsync(work, Of("public-access-block.xml"), cancel);
        if (work.Documents.Find("ownership-controls.xml") is null) await RemoveAsync(work, Of("ownership-controls.xml"), cancel);
        var owner = OwnerOf(await s3.GetDocumentAsync(new() { Operation = "GetBucketAcl", Bucket = work.Name, Query = S3Path.Query(("acl", "")) }, document => document.ToXml(), cancel));
        work.Created(work.Name, $"arn:aws:s3:::{work.Name}", owner is null ? [] : [owner]);
    }

    public override Task DeleteAsync(RestoreWork work, CancellationToken cancel) =>
        work.Context.S3.ChangeAsync(new() { Operation = "DeleteBucket", Method = HttpMethod.Delete, Bucket = work.RequiredId }, cancel);

    public override (RestorePhase Phase, string Name)? Content(string kind) => (RestorePhase.Objects, "objects");

    public override async Task<ContentPlan?> PlanContentAsync(RestoreWork work, CancellationToken cancel)
    {
        if (work.Target.KeepUnknownSecrets && await WhyOutOfReachAsync(work, cancel) is { } reason)
        {
            work.Lose(reason);
            return null;
        }
        if (work.IsNew)
        {
            var (count, bytes) = (0L, 0L);
            await foreach (var side in work.Side.ObjectsAsync(work.Resource, cancel)) (count, bytes) = (count + 1, bytes + side.Size);
            return count == 0 ? null : new(RestoreAction.Create, "the bucket is made anew", count, bytes);
        }
        List<Problem> problems = [];
        var result = await RestoreOf(work, planOnly: true).RunAsync(_ => { }, problem => { lock (problems) problems.Add(problem); }, cancel);
        return problems.Count > 0 ? new(RestoreAction.Cannot, problems[0].Message)
            : result.WrittenCount + result.DeletedCount == 0 ? new(RestoreAction.Skip, "they are equal", result.ObjectCount, result.TotalBytes)
            : new(RestoreAction.Update, result.DeletedCount == 0 ? "they are missing or differ" : $"they are missing or differ, and {result.DeletedCount:N0} are deleted", result.WrittenCount + result.DeletedCount, result.WrittenBytes);
    }

    public override async Task<long> RestoreContentAsync(RestoreWork work, CancellationToken cancel)
    {
        work.Context.S3.Learn(work.Name, work.Region);
        List<Problem> problems = [];
        var result = await RestoreOf(work, planOnly: false).RunAsync(work.Changed, problem => { lock (problems) problems.Add(problem); }, cancel);
        foreach (var problem in problems.Take(10)) work.Fail($"{problem.Resource}: {problem.Message}");
        if (problems.Count > 10) work.Fail($"and {problems.Count - 10:N0} objects more.");
        return result.WrittenCount + result.DeletedCount;
    }

    /// <summary>Why a rehearsal cannot copy what the snapshot keeps in S3: it may go to a place from which that is not to be seen.</summary>
    private static async Task<string?> WhyOutOfReachAsync(RestoreWork work, CancellationToken cancel)
    {
        if (work.Snapshot.KeptInS3 is not { } kept || work.AllFiles.All(file => file.Copies is null)) return null;
        try
        {
            await KeptBuckets.RequireVersionsAsync(work.Context.S3, kept, cancel);
            return null;
        }
        catch (Exception exception) when (exception is StoreException || exception is ServiceException { Kind: FailureKind.NotFound or FailureKind.Denied })
        {
            return $"its objects are kept in {kept.Place}, and were not rehearsed: {exception.Message}";
        }
    }

    private static BucketRestore RestoreOf(RestoreWork work, bool planOnly) => new(work.Context, new()
    {
        Side = work.Side,
        Bucket = work.Resource,
        Destination = work.Name,
        KeepEncryption = work.IsSameAccount,
        Delete = work.Target.Prune,
        MaxDelete = work.Target.MaxDelete,
        PlanOnly = planOnly,
    });

    private static S3Call CreateCall(RestoreWork work)
    {
        XNamespace space = "http://s3.amazonaws.com/doc/2006-03-01/";
        // Only us-east-1 is not named.
        var body = work.Region == "us-east-1" ? null : new XElement(space + "CreateBucketConfiguration", new XElement(space + "LocationConstraint", work.Region)).ToBody();
        var isLocked = work.Documents.Xml("object-lock.xml") is not null;
        return new() { Operation = "CreateBucket", Method = HttpMethod.Put, Bucket = work.Name, Body = body, Headers = () => isLocked ? [new("x-amz-bucket-object-lock-enabled", "true")] : [] };
    }

    private static RestorePart Whole(string file, bool canBeTakenAway = true) => new(file, (work, cancel) => PutAsync(work, Of(file), work.Documents.Find(file)!, cancel))
    {
        RemoveAsync = canBeTakenAway ? (work, cancel) => RemoveAsync(work, Of(file), cancel) : null,
    };

    // What was never set cannot be taken away any more, only turned off.
    private static RestorePart Switch(string file, string member, string off) => new(file, async (work, cancel) =>
    {
        var document = work.Documents.Xml(file)!;
        if (document.Text(member) is null && work.Live.Xml(file)?.Text(member) is null or "") return;
        if (document.Text(member) is null) document.Add(new XElement(document.Name.Namespace + member, off));
        if (work.IsNew && document.Text(member) == "BucketOwner") return;
        await PutAsync(work, Of(file), document.ToBody(), cancel);
    });

    // Each item is a configuration of its own, which S3 keeps under its id.
    private static RestorePart Listed(string query, string item) => new($"{query}*.xml", async (work, cancel) =>
    {
        var part = Of($"{query}.xml");
        var (wanted, live) = (ItemsOf(work.Documents, query, item), ItemsOf(work.Live, query, item));
        foreach (var (id, configuration) in wanted)
            if (live.GetValueOrDefault(id)?.ToString() != configuration.ToString()) await PutAsync(work, part, configuration.ToBody(), cancel, id);
        foreach (var id in live.Keys.Except(wanted.Keys)) await RemoveAsync(work, part, cancel, id);
    });

    private static Dictionary<string, XElement> ItemsOf(ResourceDocuments documents, string query, string item) =>
        documents.All(query).SelectMany(page => page.ToXml().Elements().Where(element => element.Name.LocalName == item)).ToDictionary(element => element.Text("Id") ?? "", StringComparer.Ordinal);

    // A bucket that knows no rights but its owner's takes no list of them either.
    private static Task PutAclAsync(RestoreWork work, CancellationToken cancel)
    {
        var acl = work.Documents.Xml("acl.xml")!;
        var grants = acl.All("AccessControlList", "Grant").ToList();
        return work.IsNew && grants is [var only] && only.Text("Permission") == "FULL_CONTROL" && only.Element(only.Name.Namespace + "Grantee")?.Text("ID") == OwnerOf(acl)
            ? Task.CompletedTask
            : PutAsync(work, Of("acl.xml"), work.Documents.Find("acl.xml")!, cancel);
    }

    private static async Task PutAsync(RestoreWork work, BucketConfiguration.SubResource part, byte[] document, CancellationToken cancel, string? id = null)
    {
        // A new bucket says nothing either.
        if (work.IsNew && id is null && part.File.EndsWith(".xml", StringComparison.Ordinal) && !document.ToXml().HasElements) return;
        S3Call call = new() { Operation = "Put" + PlainName(part), Method = HttpMethod.Put, Bucket = work.RequiredId, Query = S3Path.Query((part.Parameter, ""), ("id", id)), Headers = () => [document.ToMd5Header()], Body = document };
        work.Context.S3.Learn(work.RequiredId, work.Region);
        await work.Patiently(async () => { await work.Context.S3.ChangeAsync(call, cancel); return true; }, exception => IsBusy(exception) || (work.IsNew && exception.Code is "NoSuchBucket" or "InvalidTargetBucketForLogging"), cancel);
    }

    private static Task RemoveAsync(RestoreWork work, BucketConfiguration.SubResource part, CancellationToken cancel, string? id = null)
    {
        work.Context.S3.Learn(work.Name, work.Region);
        return work.Context.S3.ChangeAsync(new() { Operation = "Delete" + PlainName(part), Method = HttpMethod.Delete, Bucket = work.Name, Query = S3Path.Query((part.Parameter, ""), ("id", id)) }, cancel);
    }

    private static BucketConfiguration.SubResource Of(string file) => BucketConfiguration.SubResources.Single(part => part.File == file);

    // GetBucketPolicy, ListBucketMetricsConfigurations.
    private static string PlainName(BucketConfiguration.SubResource part) => part.Operation.StartsWith("List", StringComparison.Ordinal) ? part.Operation[4..^1] : part.Operation[3..];

    private static string? OwnerOf(XElement acl) => acl.All("Owner", "ID").FirstOrDefault()?.Value;

    // Another change of the bucket is under way, or one of its name is being deleted.
    private static bool IsBusy(ServiceException exception) => exception.Code is "OperationAborted";
}
