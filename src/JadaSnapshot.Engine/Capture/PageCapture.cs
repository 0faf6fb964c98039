using System.Text.Json;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Capture;

/// <summary>Captures a list, one file a page.</summary>
internal static class PageCapture
{
    /// <summary>Asks for a list and writes it page by page: <c>routes-0001.json</c>, … A refusal is reported as in a document. A list of one page has no number.</summary>
    /// <param name="client">The service.</param>
    /// <param name="list">The list.</param>
    /// <param name="sink">Where to put it.</param>
    /// <param name="path">The path of the pages, up to their number.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="withoutSecrets">Takes the secrets out of a page.</param>
    /// <returns>The items of the pages that came.</returns>
    public static async Task<IReadOnlyList<JsonElement>> CapturePagesAsync(
        this WireClient client, JsonList list, ISnapshotSink sink, string path, CancellationToken cancel, Redaction? withoutSecrets = null)
    {
        List<JsonElement> items = [];
        string? next = null;
        var number = 0;
        do
        {
            number++;
            var page = await client.CaptureAsync(list.Request(next), sink, list.Next is null ? $"{path}.json" : $"{path}-{number:d4}.json", cancel, withoutSecrets: withoutSecrets);
            next = page is null ? null : list.After(page);
            if (page is not null) items.AddRange(list.ItemsOf(page));
        }
        while (next is not null);
        return items;
    }
}
