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

    /// <summary>All pages, in order.</summary>
    public async IAsyncEnumerable<IReadOnlyList<ListedObject>> ListAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var (begun, waited) = (ListingStretch.All(), TimeSpan.Zero);
        while (begun.Pages < PagesAlone || waited < begun.Pages * SlowPage)
        {
            var started = Stopwatch.GetTimestamp();
            begun.Accept(await read(begun.Place, cancel));
            waited += Stopwatch.GetElapsedTime(started);
            while (begun.Waiting.TryDequeue(out var objects)) yield return objects;
            if (begun.IsListed) yield break;
        }

        await using var stretches = new ListingStretches(read, this, begun, cancel);
        while (await stretches.NextAsync() is { } objects) yield return objects;
    }
}
