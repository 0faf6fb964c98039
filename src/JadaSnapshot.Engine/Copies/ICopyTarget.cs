using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Copies;

/// <summary>A file that the copy is to have, and what stands in its place; one of them may be missing.</summary>
internal readonly record struct CopyStep(ManifestEntry? Entry, ListedObject? There);

/// <summary>How a file came to be in the copy.</summary>
internal enum CopyOutcome
{
    /// <summary>It was sent or fetched.</summary>
    Copied,

    /// <summary>It was taken over from an earlier snapshot at the destination.</summary>
    Taken,

    /// <summary>It was there already.</summary>
    Unchanged,
}

/// <summary>The place in which a copy is made.</summary>
internal interface ICopyTarget : IDisposable
{
    /// <summary>Where the copy lies when it is whole.</summary>
    string Path { get; }

    /// <summary>The name of the earlier snapshot; null where there is none.</summary>
    string? Base { get; }

    /// <summary>Whether it is whole already.</summary>
    bool IsFinished { get; }

    /// <summary>Holds the files, in the manifest's order, against what is there.</summary>
    IAsyncEnumerable<CopyStep> PlanAsync(IAsyncEnumerable<ManifestEntry> entries, CancellationToken cancel);

    /// <summary>Whether what is there is the file.</summary>
    /// <param name="entry">The file.</param>
    /// <param name="there">What is there, as it was listed; null where it came meanwhile.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="Store.StoreException">It is something else that must stay.</exception>
    Task<bool> HoldsAsync(ManifestEntry entry, ListedObject? there, CancellationToken cancel);

    /// <summary>Whether an earlier snapshot has the file.</summary>
    bool IsInBase(ManifestEntry entry);

    /// <summary>Brings a file to its place, by the shortest way.</summary>
    Task<CopyOutcome> BringAsync(ManifestEntry entry, CancellationToken cancel);

    /// <summary>Makes a whole snapshot of what is there: all files and documents are.</summary>
    void Publish(CancellationToken cancel);
}
