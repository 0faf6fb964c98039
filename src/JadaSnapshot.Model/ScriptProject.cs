namespace JadaSnapshot;

/// <summary>A Google Apps Script project (<see href="https://developers.google.com/apps-script/api/reference/rest/v1/projects"/>).</summary>
public sealed record ScriptProject
{
    /// <summary>The name that it was asked for by, which is its folder's name too.</summary>
    public required string Name { get; init; }

    /// <summary>The script id.</summary>
    public required string ScriptId { get; init; }

    /// <summary>The title that its owner gave it; null where it may not be read.</summary>
    public string? Title { get; init; }

    /// <summary>The id of the document that it is bound to; null for one that stands alone.</summary>
    public string? ParentId { get; init; }

    /// <summary>The number of its files, with the manifest.</summary>
    public int FileCount { get; init; }

    /// <summary>When it was created (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was last changed (UTC).</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The address of the user who created it.</summary>
    public string? Creator { get; init; }

    /// <summary>The address of the user who changed it last.</summary>
    public string? LastModifiedBy { get; init; }

    /// <summary>The time zone that it runs in (<c>America/Los_Angeles</c>).</summary>
    public string? TimeZone { get; init; }

    /// <summary>The libraries that it uses.</summary>
    public IReadOnlyList<ScriptLibrary> Libraries { get; init; } = [];

    /// <summary>Its versions, from the oldest.</summary>
    public IReadOnlyList<ScriptVersion> Versions { get; init; } = [];

    /// <summary>The deployments of versions.</summary>
    public IReadOnlyList<ScriptDeployment> Deployments { get; init; } = [];

    /// <summary>The id of the deployment that always shows the files as they are now.</summary>
    public string? HeadDeploymentId { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
