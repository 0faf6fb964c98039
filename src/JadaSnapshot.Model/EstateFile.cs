namespace JadaSnapshot;

/// <summary>An estate as its owners declare it in <c>jada.json</c>. What the file leaves out is empty.</summary>
public sealed record EstateFile
{
    /// <summary>The full path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>The folder that the file lies in. Relative paths in it begin here.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path) ?? Path;

    /// <summary>The id of the AWS account that it is about; null where it does not say.</summary>
    public string? Account { get; init; }

    /// <summary>The regions to look into; the first one is called where no other is named.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>The full path of the folder that holds snapshots; null where it does not say.</summary>
    public string? Store { get; init; }

    /// <summary>What a snapshot holds and what it leaves out.</summary>
    public EstateSnapshotSettings Snapshot { get; init; } = new();

    /// <summary>Who may open what is sealed: certificates (full paths, thumbprints or subjects) and KMS keys.</summary>
    public IReadOnlyList<string> ProtectTo { get; init; } = [];

    /// <summary>The ids of the Google Apps Script projects, by their names.</summary>
    public IReadOnlyDictionary<string, string> ScriptProjects { get; init; } = new Dictionary<string, string>();

    /// <summary>The folders and files of this machine that belong to the estate.</summary>
    public IReadOnlyList<LocalRoot> LocalRoots { get; init; } = [];

    /// <summary>What buckets are for. The first pattern that matches a bucket's name holds.</summary>
    public IReadOnlyList<BucketCategoryRule> Categories { get; init; } = [];

    /// <summary>The sites.</summary>
    public IReadOnlyList<EstateSite> Sites { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Path;
}

/// <summary>What a snapshot of an estate holds, where the command does not say otherwise.</summary>
public sealed record EstateSnapshotSettings
{
    /// <summary>The earlier snapshot that unchanged files are linked from: a name in the store, a full path, or <c>latest</c>; null for none.</summary>
    public string? Base { get; init; }

    /// <summary>Patterns of object keys to leave out.</summary>
    public IReadOnlyList<string> ExcludeKeys { get; init; } = [];

    /// <summary>Patterns of buckets to leave out.</summary>
    public IReadOnlyList<string> ExcludeBuckets { get; init; } = [];

    /// <summary>The buckets that are kept as copies in S3 instead of files; null for none.</summary>
    public KeptInS3? KeepInS3 { get; init; }

    /// <summary>Whether noncurrent versions of objects are captured.</summary>
    public bool AllVersions { get; init; }

    /// <summary>Whether the items of tables are captured.</summary>
    public bool IncludeData { get; init; }

    /// <summary>The Lightsail instances of which a snapshot is made at Lightsail.</summary>
    public IReadOnlyList<string> InstanceSnapshots { get; init; } = [];
}

/// <summary>What the buckets of a name are for.</summary>
/// <param name="Pattern">A pattern of names (<c>*</c> is anything).</param>
/// <param name="Category">What they are for.</param>
public sealed record BucketCategoryRule(string Pattern, BucketCategory Category);
