using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>
/// Lists a bucket in the order of its keys. One page after the other, until it shows that there are many and that each takes long;
/// from there on in stretches, several at once (<see cref="ListingStretches"/>).
/// </summary>
internal sealed class OrderedListing(PageReader read)
{
    /// <summary>A bucket of so many pages is read without a single further request.</summary>
    public int PagesAlone { get; init; } = 20;

    /// <summary>Where a page takes less, waiting is not what listing is made of.</summary>
    public TimeSpan SlowPage { get; init; } = TimeSpan.FromMilliseconds(15);

    /// <summary>The number of pages that are asked for at once.</summary>
    public int AtOnce { get; init; } = 8;

    /// <summary>The number of pages that a stretch is meant to have.</summary>
    public int StretchPages { get; init; } = 16;

    /// <summary>The number of pages that may wait for those before them.</summary>
    public int MostWaiting { get; init; } = 128;

    /// <summary>All objects, in order.</summary>
    public async IAsyncEnumerable<ListedObject> ListAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var (place, waited) = (default(ListingPlace), TimeSpan.Zero);
        ListedPage page;
        var pages = 0;
        do
        {
            var started = Stopwatch.GetTimestamp();
            page = await read(place, cancel);
            waited += Stopwatch.GetElapsedTime(started);
            pages++;
            foreach (var listed in page.Objects) yield return listed;
            if (page.Continuation is null) yield break;
            place = new(page.Objects.Count > 0 ? page.Objects[^1].Key : place.After, page.Continuation);
        }
        while (pages < PagesAlone || waited < pages * SlowPage || page.Objects.Count == 0);

        await using var stretches = new ListingStretches(read, this, place, page, cancel);
        while (await stretches.NextAsync() is { } objects)
            foreach (var listed in objects)
                yield return listed;
    }
}
