using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Capture;

/// <summary>Gives a document with fingerprints in place of its secrets; every other byte stays.</summary>
internal delegate byte[] Redaction(byte[] document, Func<string, string> fingerprint);

/// <summary>The step that most of a capture is made of: ask for a document, keep it as it came.</summary>
internal static class DocumentCapture
{
    /// <summary>
    /// Asks for a document and writes it. What the service says is not set leaves no file; any other refusal is reported
    /// as this document's problem, and the resource's other documents go on. What the sink does not want is not asked for.
    /// </summary>
    /// <param name="client">The service.</param>
    /// <param name="request">What to ask.</param>
    /// <param name="sink">Where to put it.</param>
    /// <param name="path">Under which path.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="notSet">Error codes that mean that there is none.</param>
    /// <param name="withoutSecrets">Takes the secrets out of the document, which is sealed where there were any.</param>
    /// <param name="isSet">Whether an answer says anything; one that does not, such as an empty list, leaves no file.</param>
    /// <returns>The answer; null where there is none.</returns>
    public static async Task<WireResponse?> CaptureAsync(
        this WireClient client, WireRequest request, ISnapshotSink sink, string path, CancellationToken cancel,
        IReadOnlyList<string>? notSet = null, Redaction? withoutSecrets = null, Func<WireResponse, bool>? isSet = null)
    {
        if (!sink.Wants(path)) return null;
        try
        {
            var answer = await client.SendAsync(request, cancel);
            if (isSet?.Invoke(answer) == false) return null;
            await sink.WriteAsync(path, answer.Body, withoutSecrets, cancel);
            return answer;
        }
        catch (ServiceException exception) when (notSet?.Contains(exception.Code) == true)
        {
            return null;
        }
        catch (ServiceException exception)
        {
            sink.Report(request.Operation, exception);
            return null;
        }
    }

    /// <summary>Writes a document without its secrets, and seals it where it had any.</summary>
    public static async Task WriteAsync(this ISnapshotSink sink, string path, byte[] document, Redaction? withoutSecrets, CancellationToken cancel)
    {
        var hasSecrets = false;
        await sink.WriteAsync(path, withoutSecrets?.Invoke(document, Fingerprint) ?? document, cancel);
        if (hasSecrets) await sink.SealAsync(path, document, cancel);

        string Fingerprint(string secret)
        {
            hasSecrets = true;
            return sink.Fingerprint(secret);
        }
    }

    /// <summary>Asks for a list and writes it page by page: <c>record-sets-0001.xml</c>, … A refusal is reported as in a document.</summary>
    /// <param name="client">The service.</param>
    /// <param name="list">The list.</param>
    /// <param name="sink">Where to put it.</param>
    /// <param name="path">The path of the pages, up to their number.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="withoutSecrets">Takes the secrets out of a page.</param>
    /// <returns>The pages; null where not all of them came, or where none is wanted.</returns>
    public static async Task<IReadOnlyList<WireResponse>?> CapturePagesAsync(
        this WireClient client, IPagedList list, ISnapshotSink sink, string path, CancellationToken cancel, Redaction? withoutSecrets = null)
    {
        if (!sink.Wants(PageOf(1))) return null;
        List<WireResponse> pages = [];
        try
        {
            await foreach (var page in list.PagesAsync(client, cancel))
            {
                pages.Add(page);
                await sink.WriteAsync(PageOf(pages.Count), page.Body, withoutSecrets, cancel);
            }
            return pages;
        }
        catch (ServiceException exception)
        {
            sink.Report(list.Operation, exception);
            return null;
        }

        string PageOf(int number) => $"{path}-{number:d4}{list.FileType}";
    }
}
