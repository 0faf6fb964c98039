using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>A stretch of the key space while it is listed: the keys behind one place, up to and including another.</summary>
internal sealed class ListingStretch
{
    private const int Remembered = 16;

    private readonly Queue<string> _ends = new();
    private readonly (string? Key, int Pages) _origin;
    private string? _until;
    private IReadOnlyList<ListedObject>? _latest;

    private ListingStretch(ListingPlace place, string? until, (string?, int) origin) => (Place, _until, _origin) = (place, until, origin);

    /// <summary>Where its next page begins.</summary>
    public ListingPlace Place { get; private set; }

    /// <summary>Pages that have been listed and wait to be handed out.</summary>
    public Queue<IReadOnlyList<ListedObject>> Waiting { get; } = new();

    /// <summary>Whether a page of it is being asked for.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Whether all of it has been listed.</summary>
    public bool IsListed { get; private set; }

    /// <summary>How many pages of it have been listed.</summary>
    public int Pages { get; private set; }

    /// <summary>A whole bucket.</summary>
    public static ListingStretch All() => new(default, null, default);

    /// <summary>Gives away what lies more than so many pages ahead, as far as can be guessed. Wherever the cut is, no key is lost or doubled.</summary>
    /// <returns>The part that was given away; null where there is none worth it.</returns>
    public ListingStretch? Split(int pages)
    {
        if (IsListed || _latest is not { Count: > 1 }) return null;
        var last = _latest[^1].Key;
        var (key, spanned) = _ends.Count > 1 ? (_ends.Peek(), _ends.Count - 1) : _origin;
        // The keys of several pages say best how it goes on; where they say that it does not, those of one may know better.
        if ((key is null ? null : Cut(key, last, (double)pages / spanned)) is not { } cut && (cut = Cut(_latest[0].Key, last, pages)) is null) return null;
        var rest = new ListingStretch(new(cut, null), _until, (last, pages));
        _until = cut;
        return rest;
    }

    /// <summary>Takes in its next page.</summary>
    /// <returns>How many of the page's objects belong to it.</returns>
    public int Accept(ListedPage page)
    {
        var count = page.Objects.Count;
        while (count > 0 && _until is not null && Utf8Order.Instance.Compare(page.Objects[count - 1].Key, _until) > 0) count--;
        if (count > 0)
        {
            Waiting.Enqueue(count == page.Objects.Count ? page.Objects : [.. page.Objects.Take(count)]);
            _latest = page.Objects;
            _ends.Enqueue(page.Objects[^1].Key);
            if (_ends.Count > Remembered) _ends.Dequeue();
        }
        IsListed = page.Continuation is null || count < page.Objects.Count;
        Place = new(page.Objects.Count > 0 ? page.Objects[^1].Key : Place.After, page.Continuation);
        Pages++;
        return count;
    }

    private string? Cut(string first, string last, double times) =>
        KeySpace.Beyond(first, last, times, _latest!) is { } cut && (_until is null || Utf8Order.Instance.Compare(cut, _until) < 0) ? cut : null;
}
