using System.Runtime.InteropServices;
using System.Text.Json;

namespace JadaSnapshot.Engine.Wire;

/// <summary>A list that a REST-JSON service hands out in pages.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Path">Its path.</param>
/// <param name="Member">The member of a page that holds the items.</param>
/// <param name="Next">The parameter that asks for the next page, which is also the member that says its value.</param>
internal sealed record JsonList(string Operation, string Path, string Member, string Next) : IPagedList
{
    /// <inheritdoc/>
    public string FileType => ".json";

    /// <summary>What is asked for on every page.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>Headers of every request.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Asks for the first page, or for a later one.</summary>
    public WireRequest Request(string? next) =>
        WireRequest.Get(Operation, Path, next is null ? Parameters : [.. Parameters, new(Next, next)]) with { Headers = Headers };

    /// <summary>What the request for the page after this one needs; null after the last.</summary>
    public string? After(WireResponse page) => page.Json().Text(Next);

    /// <inheritdoc/>
    public IAsyncEnumerable<WireResponse> PagesAsync(WireClient client, CancellationToken cancel) => client.PagesAsync<string>(Request, After, cancel);

    /// <summary>The items of a page.</summary>
    public IEnumerable<JsonElement> ItemsOf(WireResponse page) => page.Json().Items(Member);

    /// <summary>An item, byte for byte as it stands in its page.</summary>
    public static byte[] Verbatim(JsonElement item) => JsonMarshal.GetRawUtf8Value(item).ToArray();
}
