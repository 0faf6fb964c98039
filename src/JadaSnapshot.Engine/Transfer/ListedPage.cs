namespace JadaSnapshot.Engine.Transfer;

/// <summary>A page of a listing.</summary>
/// <param name="Objects">What is on it, in order.</param>
/// <param name="Continuation">With what the next page is asked for; null where this is the last.</param>
internal sealed record ListedPage(IReadOnlyList<ListedObject> Objects, string? Continuation);

/// <summary>From where a page is to be listed.</summary>
/// <param name="After">The key after which it begins; null for the beginning.</param>
/// <param name="Continuation">What the page before said; null where there is none.</param>
internal readonly record struct ListingPlace(string? After, string? Continuation);

/// <summary>Reads one page of a listing.</summary>
internal delegate Task<ListedPage> PageReader(ListingPlace from, CancellationToken cancel);
