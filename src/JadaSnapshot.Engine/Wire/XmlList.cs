using System.Runtime.CompilerServices;

namespace JadaSnapshot.Engine.Wire;

/// <summary>A list that a REST-XML service hands out in pages.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Path">Its path.</param>
/// <param name="Items">Where the items stand below the root of a page.</param>
internal sealed record XmlList(string Operation, string Path, params IReadOnlyList<string> Items) : IPagedList
{
    /// <inheritdoc/>
    public string FileType => ".xml";

    /// <summary>What is asked for on every page.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>The parameters that ask for the next page, each with the element of a page that says its value.</summary>
    public IReadOnlyList<(string Parameter, string Element)> Next { get; init; } = [("Marker", "NextMarker")];

    /// <summary>Asks for the first page, or for the one that the parameters lead to.</summary>
    public WireRequest Request(IReadOnlyList<KeyValuePair<string, string>>? next) => WireRequest.Get(Operation, Path, [.. Parameters, .. next ?? []]);

    /// <summary>What the request for the page after this one needs; null after the last.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? After(WireResponse page)
    {
        var list = page.Xml();
        if (list.Text("IsTruncated") == "false") return null;
        List<KeyValuePair<string, string>> next = [];
        foreach (var (parameter, element) in Next)
            if (list.Text(element) is { } value) next.Add(new(parameter, value));
        return next.Count == 0 ? null : next;
    }

    /// <summary>Every page.</summary>
    public IAsyncEnumerable<WireResponse> PagesAsync(WireClient client, CancellationToken cancel) => client.PagesAsync<IReadOnlyList<KeyValuePair<string, string>>>(Request, After, cancel);

    /// <summary>Every item, byte for byte as it stands in its page.</summary>
    public async IAsyncEnumerable<byte[]> ItemsAsync(WireClient client, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var page in PagesAsync(client, cancel))
            foreach (var item in XmlItems.Cut(page.Body, Items)) yield return item;
    }
}
