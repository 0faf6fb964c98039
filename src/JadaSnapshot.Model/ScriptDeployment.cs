namespace JadaSnapshot;

/// <summary>A version of a script project under an address of its own (<see href="https://developers.google.com/apps-script/api/reference/rest/v1/projects.deployments"/>).</summary>
public sealed record ScriptDeployment
{
    /// <summary>Its id, which stays when it moves to another version.</summary>
    public required string DeploymentId { get; init; }

    /// <summary>The version that it shows; null for the files as they are now.</summary>
    public int? VersionNumber { get; init; }

    /// <summary>What its maker says of it.</summary>
    public string? Description { get; init; }

    /// <summary>When it was last changed (UTC).</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>What it opens to callers: <c>WEB_APP</c>, <c>EXECUTION_API</c>, <c>ADD_ON</c>.</summary>
    public IReadOnlyList<string> EntryPoints { get; init; } = [];

    /// <summary>The address of its web app; null where it is none.</summary>
    public string? Url { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{DeploymentId} @{(VersionNumber is { } number ? $"{number}" : "HEAD")}";
}
