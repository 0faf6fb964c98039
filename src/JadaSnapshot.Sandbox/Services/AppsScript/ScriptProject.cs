namespace JadaSnapshot.Sandbox.Services.AppsScript;

/// <summary>A script project with its files as they are now (HEAD), its versions and its deployments.</summary>
internal sealed class ScriptProject
{
    public required string ScriptId { get; init; }

    public required string Title { get; init; }

    public string? ParentId { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset Updated { get; set; }

    /// <summary>In the order in which they are loaded.</summary>
    public IReadOnlyList<ScriptFile> Files { get; set; } = [];

    public List<ScriptVersion> Versions { get; } = [];

    /// <summary>The first one is that of HEAD, which every project has.</summary>
    public List<ScriptDeployment> Deployments { get; } = [];
}

/// <summary>A file; its name has no extension, and may have slashes.</summary>
internal sealed record ScriptFile(string Name, string Type, string Source, DateTimeOffset Created, DateTimeOffset Updated)
{
    public const string Script = "SERVER_JS";
    public const string Manifest = "JSON";
    public const string ManifestName = "appsscript";

    public static IReadOnlyList<string> Types { get; } = [Script, "HTML", Manifest];

    public bool IsManifest => Type == Manifest;
}

/// <summary>The files as they were when the version was made.</summary>
internal sealed record ScriptVersion(int Number, string? Description, DateTimeOffset Created, IReadOnlyList<ScriptFile> Files);

/// <summary>A version under an address of its own; without a number it is HEAD's.</summary>
internal sealed record ScriptDeployment(string Id, int? Version, string? Description, string Manifest, DateTimeOffset Updated);
