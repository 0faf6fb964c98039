using System.Buffers;
using System.Security.Cryptography;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>Fetches a deployment package by the link that Lambda hands out, unless it is there already, and holds it against CodeSha256.</summary>
internal sealed class CodeDownload(HttpClient http)
{
    private const int Attempts = 8;

    /// <exception cref="ServiceException">The package does not arrive, or is another than the configuration says.</exception>
    public async Task SaveAsync(string link, string? codeSha256, string operation, string path, ISnapshotSink sink, CancellationToken cancel)
    {
        if (!sink.Wants(path)) return;
        if (codeSha256 is not null && sink.TryKeep(path, entry => ToBase64(entry.Sha256) == codeSha256 ? entry : null, cancel)) return;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var file = sink.Create(path);
                var digest = await DownloadAsync(link, operation, file, cancel);
                if (codeSha256 is not null && digest != codeSha256)
                    throw new ServiceException("The code that arrived is not the code that the configuration names: its SHA-256 is another.") { Kind = FailureKind.Corrupt, Code = "CodeSha256Mismatch", Service = "lambda", Operation = operation };
                await file.CommitAsync(null, cancel);
                return;
            }
            catch (Exception exception) when (exception is HttpRequestException or HttpIOException or ServiceException { Kind: FailureKind.Corrupt or FailureKind.ServiceFault })
            {
                if (attempt < Attempts) await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(200 << attempt)), cancel);
                // The link is a key: nothing of it goes into the words.
                else throw exception as ServiceException ?? new ServiceException("The connection to the download link broke.", exception) { Kind = FailureKind.Unreachable, Code = "ConnectionLost", Service = "lambda", Operation = operation };
            }
        }
    }

    private static string ToBase64(string sha256) => Convert.ToBase64String(Convert.FromHexString(sha256));

    private async Task<string> DownloadAsync(string link, string operation, ICapturedFile file, CancellationToken cancel)
    {
        using var response = await http.GetAsync(new Uri(link), HttpCompletionOption.ResponseHeadersRead, cancel);
        if (!response.IsSuccessStatusCode)
            throw new ServiceException($"The download link answered with HTTP status {(int)response.StatusCode}.") { Kind = FailureKind.ServiceFault, Code = "Http" + (int)response.StatusCode, StatusCode = (int)response.StatusCode, Service = "lambda", Operation = operation };
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var body = await response.Content.ReadAsStreamAsync(cancel);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (int read; (read = await body.ReadAsync(buffer, cancel)) > 0;)
            {
                file.Write(buffer.AsSpan(0, read));
                hash.AppendData(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return Convert.ToBase64String(hash.GetHashAndReset());
    }
}
