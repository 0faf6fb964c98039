using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>A stretch of the key space while it is listed: the keys behind one place, up to and including another.</summary>
internal sealed class ListingStretch
{
    private string? _until;
    private IReadOnlyList<ListedObject>? _latest;

    private ListingStretch(ListingPlace place, string? until, IReadOnlyList<ListedObject>? latest) => (Place, _until, _latest) = (place, until, latest);

    /// <summary>Where its next page begins.</summary>
    public ListingPlace Place { get; private set; }

    /// <summary>Pages that have been listed and wait to be handed out.</summary>
    public Queue<IReadOnlyList<ListedObject>> Waiting { get; } = new();

    /// <summary>Whether a page of it is being asked for.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Whether all of it has been listed.</summary>
    public bool IsListed { get; private set; }

    /// <summary>All keys behind a page.</summary>
    public static ListingStretch Behind(ListedPage page, ListingPlace place) => new(place, null, page.Objects);

    /// <summary>Gives away what lies more than so many pages ahead, as far as can be guessed. Wherever the cut is, no key is lost or doubled.</summary>
    /// <returns>The part that was given away; null where there is none worth it.</returns>
    public ListingStretch? Split(int pages)
    {
        if (IsListed || _latest is null || KeySpace.Beyond(_latest, pages) is not { } cut) return null;
        if (_until is not null && Utf8Order.Instance.Compare(cut, _until) >= 0) return null;
        var rest = new ListingStretch(new(cut, null), _until, null);
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
        }
        IsListed = page.Continuation is null || count < page.Objects.Count;
        Place = new(page.Objects.Count > 0 ? page.Objects[^1].Key : Place.After, page.Continuation);
        return count;
    }
}
