using System.Text.Json;

namespace JadaSnapshot.Engine.Estate;

/// <summary>Makes the typed estate of a document that is formed as the schema has it.</summary>
internal static class EstateReader
{
    private static readonly string[] CertificateFiles = [".cer", ".crt", ".der", ".p7b", ".pem", ".pfx"];

    public static EstateFile ToEstate(PlacedJson root, string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var differences = Differences(root).ToList();
        return new()
        {
            Path = path,
            Account = root["account"]?.Text,
            Regions = root.Texts("regions"),
            Store = root["store"] is { } store ? FullPath(store.Text, folder) : null,
            Snapshot = root.All("snapshot").Select(settings => Snapshot(settings, folder)).FirstOrDefault() ?? new(),
            ProtectTo = [.. root.Texts("protectTo").Select(recipient => Recipient(recipient, folder))],
            ScriptProjects = Members(root, "scriptProjects").ToDictionary(project => project.Name, project => project.Value.Text),
            LocalRoots = [.. Members(root, "localRoots").Select(local => LocalRoot(local, folder))],
            Categories = [.. Members(root, "categories").Select(rule => new BucketCategoryRule(rule.Name, Enum.Parse<BucketCategory>(rule.Value.Text)))],
            Sites = [.. Members(root, "sites").Select(site => Site(site, differences))],
        };
    }

    private static EstateSnapshotSettings Snapshot(PlacedJson settings, string folder) => new()
    {
        Base = settings["base"]?.Text is { } text && text.AsSpan().ContainsAny('/', '\\') ? FullPath(text, folder) : settings["base"]?.Text,
        ExcludeKeys = settings.Texts("excludeKeys"),
        ExcludeBuckets = settings.Texts("excludeBuckets"),
        KeepInS3 = settings.All("keepInS3").Select(KeepInS3).FirstOrDefault(),
        AllVersions = IsTrue(settings, "allVersions"),
        IncludeData = IsTrue(settings, "includeData"),
        InstanceSnapshots = settings.Texts("instanceSnapshots"),
    };

    private static KeptInS3 KeepInS3(PlacedJson keep) => new()
    {
        Place = keep["place"]!.Text,
        Above = (long?)keep["above"]?.Number,
        AboveCount = (long?)keep["aboveCount"]?.Number,
        Buckets = keep.Texts("buckets"),
    };

    private static LocalRoot LocalRoot(PlacedMember local, string folder) => new()
    {
        Name = local.Name,
        Path = FullPath(local.Value["path"]!.Text, folder),
        Include = local.Value.Texts("include"),
        Exclude = local.Value.Texts("exclude"),
        UseGitIgnore = IsTrue(local.Value, "gitIgnore"),
        NotSecret = local.Value.Texts("notSecret"),
    };

    private static EstateSite Site(PlacedMember site, IReadOnlyList<DifferenceRule> differences)
    {
        var distributions = site.Value["distributions"];
        List<DifferenceRule> common = [.. Differences(site.Value), .. differences];
        return new()
        {
            Name = site.Name,
            Zones = [.. site.Value.Texts("zones").Select(zone => zone.TrimEnd('.'))],
            Buckets = site.Value.Texts("buckets"),
            Staging = [.. site.Value.All("staging").SelectMany(pairs => pairs.Items).Select(pair => Pair(pair, common))],
            ProductionDistributions = distributions?.Texts("production") ?? [],
            StagingDistributions = distributions?.Texts("staging") ?? [],
        };
    }

    private static StagingPair Pair(PlacedJson pair, IReadOnlyList<DifferenceRule> common) => new()
    {
        Staging = BucketPlace.Parse(pair["place"]!.Text),
        Production = BucketPlace.Parse(pair["standsFor"]!.Text),
        MeantToDiffer = [.. Differences(pair).Concat(common).DistinctBy(rule => rule.Pattern)],
    };

    private static IEnumerable<DifferenceRule> Differences(PlacedJson owner) => Members(owner, "meantToDiffer").Select(rule => new DifferenceRule(rule.Name, rule.Value.Text, rule.Value.Path));

    private static IEnumerable<PlacedMember> Members(PlacedJson owner, string name) => owner.All(name).SelectMany(value => value.Members);

    private static bool IsTrue(PlacedJson owner, string name) => owner[name]?.Kind == JsonValueKind.True;

    private static string FullPath(string path, string folder) => Path.TrimEndingDirectorySeparator(
        path == "~" || path.StartsWith("~/", StringComparison.Ordinal) ? Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[1..])
        : Path.GetFullPath(path, folder));

    // A thumbprint or a subject is none of a file's names.
    private static string Recipient(string recipient, string folder) =>
        !Secrets.KmsSealer.IsKeyId(recipient) && (recipient.AsSpan().ContainsAny('/', '\\') || CertificateFiles.Contains(Path.GetExtension(recipient), StringComparer.OrdinalIgnoreCase))
            ? FullPath(recipient, folder) : recipient;
}
