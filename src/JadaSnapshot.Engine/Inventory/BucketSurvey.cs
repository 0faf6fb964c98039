using System.Xml.Linq;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Inventory;

/// <summary>Looks at one bucket. Each of its parts is asked for at most once, when it is first needed.</summary>
internal sealed class BucketSurvey
{
    private const int ListedAtOnce = 1000;

    private readonly InventoryScope _scope;
    private readonly ListedBucket _bucket;
    private readonly Action<int> _onCounted;
    private readonly Lazy<Task<IReadOnlyDictionary<string, string>?>> _tags;
    private readonly Lazy<Task<WebsiteSetting?>> _website;

    public BucketSurvey(InventoryScope scope, ListedBucket bucket, Action<int> onCounted)
    {
        (_scope, _bucket, _onCounted) = (scope, bucket, onCounted);
        _tags = new(() => ReadAsync("GetBucketTagging", BucketDocuments.Tags));
        _website = new(() => ReadAsync("GetBucketWebsite", BucketDocuments.Website));
    }

    /// <summary>Everything about the bucket; null where its category is not wanted, and then no more is asked than what told its category.</summary>
    /// <exception cref="Wire.ServiceException">The bucket is gone.</exception>
    public async Task<BucketInventory?> RunAsync(BucketInventoryOrder order)
    {
        if (order.Categories is { } wanted && !wanted.Contains((await DecideAsync(order.Estate)).Category)) return null;

        var (tags, website) = (_tags.Value, _website.Value);
        var logTarget = _scope.LogTargets.OfAsync(_bucket.Name);
        var versioning = ReadAsync("GetBucketVersioning", BucketDocuments.Versioning);
        var encryption = ReadAsync("GetBucketEncryption", BucketDocuments.Encryption);
        var deciding = DecideAsync(order.Estate);
        var counting = order.CountsObjects ? CountAsync() : Task.FromResult<BucketContents?>(null);
        await Task.WhenAll(tags, website, logTarget, versioning, encryption, deciding, counting);

        var (verdict, contents) = (await deciding, await counting);
        return new()
        {
            BucketName = _bucket.Name,
            Region = _scope.RegionOf(_bucket.Name),
            CreationDate = _bucket.CreatedAt,
            Category = verdict.Category,
            CategoryReason = verdict.Reason + StagingWords(verdict, contents),
            ListedAt = contents?.ListedAt,
            ObjectCount = contents?.Totals.ObjectCount,
            TotalBytes = contents?.Totals.TotalBytes,
            NewestObject = contents?.Newest,
            StorageClasses = contents?.StorageClasses,
            Prefixes = contents?.Prefixes,
            StagingPrefixes = contents?.StagingPrefixes,
            Tags = await tags,
            Versioning = await versioning,
            Encryption = (await encryption)?.Algorithm,
            EncryptionKeyId = (await encryption)?.KeyId,
            Website = (await website)?.Kind,
            WebsiteRedirect = (await website)?.RedirectHost,
            LogTargetBucket = (await logTarget)?.Bucket,
            LogTargetPrefix = (await logTarget)?.Prefix,
        };
    }

    private async Task<Verdict> DecideAsync(EstateFile? estate)
    {
        if (estate is not null && CategoryRules.Declared(_bucket.Name, estate) is { } declared) return declared;
        var (evidence, known) = (new BucketEvidence(_bucket.Name), new HashSet<EvidenceKind>());
        foreach (var rule in CategoryRules.All)
        {
            foreach (var kind in rule.Needs)
                if (known.Add(kind)) evidence = await FindAsync(kind, evidence);
            if (rule.Decide(evidence) is { } verdict) return verdict;
        }
        return CategoryRules.Undecided;
    }

    private async Task<BucketEvidence> FindAsync(EvidenceKind kind, BucketEvidence evidence) => kind switch
    {
        EvidenceKind.Tags => evidence with { Tags = await _tags.Value },
        EvidenceKind.Website => evidence with { Website = await _website.Value },
        EvidenceKind.LogSources => evidence with { LogSources = [.. (await _scope.LogTargets.SourcesAsync())[_bucket.Name]] },
        EvidenceKind.Origins => evidence with { Origins = [.. (await _scope.OriginsAsync())[_bucket.Name]] },
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private async Task<BucketContents?> CountAsync()
    {
        try
        {
            var listing = await _scope.Calls.OpenListingAsync(_bucket.Name);
            var contents = new BucketContents(listing.Origin.ListedAt, listing.HasStorageClasses);
            await foreach (var page in contents.ListedAt is null ? _scope.Calls.ListObjectsAsync(_bucket.Name) : listing.Objects.Chunk(ListedAtOnce))
            {
                foreach (var listed in page) contents.Add(listed);
                _onCounted(page.Count);
            }
            return contents;
        }
        catch (Exception exception) when (DetailFailure.IsOne(exception))
        {
            _scope.Report(_bucket.Name, "ListObjectsV2", exception);
            return null;
        }
    }

    private async Task<T?> ReadAsync<T>(string operation, Func<XElement?, T> read)
    {
        try
        {
            return read(await _scope.Calls.ReadAsync(_bucket.Name, operation));
        }
        catch (Exception exception) when (DetailFailure.IsOne(exception))
        {
            _scope.Report(_bucket.Name, operation, exception);
            return default;
        }
    }

    private static string StagingWords(Verdict verdict, BucketContents? contents) =>
        verdict.Category == BucketCategory.ProductionSite && contents?.StagingPrefixes is { Count: > 0 } prefixes ? $"; holds staging under {string.Join(", ", prefixes)}" : "";
}
