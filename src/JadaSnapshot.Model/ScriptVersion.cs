namespace JadaSnapshot;

/// <summary>A version of a script project, which never changes (<see href="https://developers.google.com/apps-script/api/reference/rest/v1/projects.versions"/>).</summary>
public sealed record ScriptVersion
{
    /// <summary>Its number, from 1.</summary>
    public required int VersionNumber { get; init; }

    /// <summary>What its maker says of it.</summary>
    public string? Description { get; init; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Description is null ? $"{VersionNumber}" : $"{VersionNumber}: {Description}";
}
