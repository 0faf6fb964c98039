namespace JadaSnapshot.Sandbox.Estate.Scripts;

/// <summary>A script project to make: each state of its files becomes a version, but for the last one, which is HEAD.</summary>
internal sealed record ScriptPlan(string Name, string Title, params IReadOnlyList<ScriptStage> Stages)
{
    public string? ParentId { get; init; }
}

/// <summary>The files of a project at some time, in their order; whether that became a version, and what it was deployed as.</summary>
internal sealed record ScriptStage(int DaysAgo, IReadOnlyList<(string Name, string Type, string Source)> Files)
{
    /// <summary>What the version is about; null for one without a word.</summary>
    public string? Description { get; init; }

    /// <summary>The name of the deployment that the version goes to, which moves there if it is there already; null for none.</summary>
    public string? Deployment { get; init; }
}
