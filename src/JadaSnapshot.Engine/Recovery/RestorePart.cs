namespace JadaSnapshot.Engine.Recovery;

/// <summary>What one document of a resource says, and how it is put back.</summary>
/// <param name="Documents">The document, or the documents, by their path below the resource's folder; <c>*</c> stands for any letters.</param>
/// <param name="PutAsync">Makes the live resource as the documents say. Called only where they differ from what is there, or the resource is new.</param>
internal sealed record RestorePart(string Documents, Func<RestoreWork, CancellationToken, Task> PutAsync)
{
    /// <summary>When it is put back, where that is not when the resource is made.</summary>
    public RestorePhase? Phase { get; init; }

    /// <summary>What people call it, where it is put back in a phase of its own: <c>permissions</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Takes away what the documents would say, where the snapshot has none and the live resource has; null where that cannot be.</summary>
    public Func<RestoreWork, CancellationToken, Task>? RemoveAsync { get; init; }

    /// <summary>Whether what makes the resource says all of this, so that it need not be put once more for a new one.</summary>
    public bool IsInCreate { get; init; }

    /// <summary>Whether it can be put without what refers to things that could not be made (<see cref="RestoreWork.Lacks"/>).</summary>
    public bool IsDivisible { get; init; }

    /// <summary>Whether its documents name others only because those use the resource: nothing waits for them.</summary>
    public bool NamesUsers { get; init; }

    /// <summary>Whether what is put needs the secrets in the documents; not where they only say once more what another resource is made with.</summary>
    public bool NeedsSecrets { get; init; } = true;

    /// <summary>Whether the part holds a document.</summary>
    public bool Holds(string document) => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(Documents, document, ignoreCase: false);
}

/// <summary>Something in which a restored resource differs from the one in the snapshot, because it cannot come back.</summary>
/// <param name="Document">The document, by its path below the resource's folder; <c>*</c> stands for any letters.</param>
/// <param name="Path">The place in it, where <c>*</c> stands for any letters.</param>
/// <param name="Reason">Why, in words that follow the value's name.</param>
internal sealed record Loss(string Document, string Path, string Reason)
{
    /// <summary>Which of the differences there it is; null for all.</summary>
    public Func<Resource, RestoreChange, RestoreTarget, bool>? Only { get; init; }

    /// <summary>Whether a difference is this.</summary>
    public bool Explains(Resource resource, RestoreChange change, RestoreTarget target) => Matches(Document, change.Document) && Matches(Path, change.Path) && Only?.Invoke(resource, change, target) != false;

    /// <summary>Something that came to be after the snapshot: it stays, unless what the snapshot does not have is to be deleted.</summary>
    public static Loss Extra(string document, string path) =>
        new(document, path, "came to be after the snapshot, and stays unless -Prune is given") { Only = (_, change, target) => change.Snapshot is null && !target.Prune };

    // The runtime's own "*" stands for one letter at least.
    private static bool Matches(string pattern, string text) =>
        pattern == "*" || (pattern.Length == 0 ? text.Length == 0 : System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false));
}

/// <summary>The part of a resource that is no document: the objects of a bucket, the items of a table.</summary>
/// <param name="Action">What is to be done.</param>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many of them.</param>
/// <param name="Bytes">Their size.</param>
internal sealed record ContentPlan(RestoreAction Action, string Reason, long? Count = null, long? Bytes = null)
{
    /// <summary>What is changed, as far as it is told one by one.</summary>
    public IReadOnlyList<RestoreChange> Changes { get; init; } = [];
}
