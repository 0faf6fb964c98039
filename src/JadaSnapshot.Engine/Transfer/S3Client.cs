using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>
/// S3 over one HTTP handler: signs, sends, follows a bucket to its region, keeps step with the service's clock, refreshes
/// credentials, and tries again where that can help. The SDK's own client reads small objects several times slower.
/// </summary>
public sealed class S3Client : IDisposable
{
    private const int LargestDocument = 64 << 20;

    // From here on it is worth a round trip to hear whether S3 wants it at all.
    private const int AnnouncedFrom = 1 << 20;
    private static readonly AwsService Service = new() { ServiceId = "S3", SigningName = "s3", EndpointPrefix = "s3", Protocol = WireProtocol.RestXml };

    private readonly AwsConnection _connection;
    private readonly S3Signer _signer = new();
    private readonly HttpMessageInvoker _http;
    private readonly ConcurrentDictionary<string, string> _regions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ServiceFailures> _failures = new(StringComparer.Ordinal);
    private string? _outdated;
    private long _clockOffset;

    internal S3Client(AwsConnection connection, int connections)
    {
        _connection = connection;
        _http = new(new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            Proxy = LoopbackBypass.OfEnvironment,
            MaxConnectionsPerServer = connections + 8,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),
            // Octets, as they were read: what stands for them is of no concern here.
            RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        });
    }

    /// <summary>Half the longest pause before the first repetition; each further one may be twice as long.</summary>
    internal TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Notes in which region a bucket lives, as a listing told.</summary>
    internal void Learn(string bucket, string region) => _regions[bucket] = region;

    /// <summary>Where a bucket lives, as far as is known.</summary>
    internal string RegionOf(string? bucket) => bucket is not null && _regions.TryGetValue(bucket, out var region) ? region : _connection.Region;

    /// <summary>Performs a call and gives its answer's body, byte for byte.</summary>
    /// <exception cref="ServiceException">S3 refuses, or nothing answers, after every retry that can help.</exception>
    internal Task<byte[]> GetDocumentAsync(S3Call call, CancellationToken cancel) => GetDocumentAsync(call, static document => document, cancel);

    /// <summary>Performs a call and reads the document that it answers with; one that cannot be read is asked for again.</summary>
    /// <exception cref="ServiceException">S3 refuses, or nothing answers, after every retry that can help.</exception>
    internal Task<T> GetDocumentAsync<T>(S3Call call, Func<byte[], T> read, CancellationToken cancel) => CallAsync(call, async (response, _, token) =>
    {
        await response.Content.LoadIntoBufferAsync(LargestDocument, token);
        try
        {
            return read(await response.Content.ReadAsByteArrayAsync(token));
        }
        catch (Exception exception) when (exception is XmlException or FormatException or OverflowException)
        {
            throw new CorruptBodyException("UnreadableDocument", $"The answer is not the document that it should be: {exception.Message}");
        }
    }, cancel);

    /// <summary>Performs a call that changes something and reads the document that it answers with, where it says that the change was made.</summary>
    /// <exception cref="ServiceException">S3 refuses, or nothing answers, after every retry that can help.</exception>
    internal Task<T> ChangeAsync<T>(S3Call call, Func<HttpResponseMessage, XElement, T> read, CancellationToken cancel) => CallAsync(call, async (response, _, token) =>
    {
        await response.Content.LoadIntoBufferAsync(LargestDocument, token);
        try
        {
            // While S3 is at work it sends blanks, so that the connection is not taken for dead.
            var document = (await response.Content.ReadAsByteArrayAsync(token)).AsSpan().TrimStart(" \t\r\n"u8).ToArray().ToXml();
            return document.Name.LocalName == "Error" ? throw S3Failure.OfSuccess(response, document, call) : read(response, document);
        }
        catch (XmlException exception)
        {
            throw new CorruptBodyException("UnreadableDocument", $"The answer is not the document that it should be: {exception.Message}");
        }
    }, cancel);

    /// <summary>Performs a call that changes something and answers with nothing.</summary>
    /// <exception cref="ServiceException">S3 refuses, or nothing answers, after every retry that can help.</exception>
    internal Task ChangeAsync(S3Call call, CancellationToken cancel) => CallAsync(call, static (_, _, _) => Task.FromResult(true), cancel);

    /// <summary>Performs a call and reads its answer, both again where it fails in a way that can pass.</summary>
    /// <exception cref="ServiceException">S3 refuses, or nothing answers, after every retry that can help.</exception>
    internal async Task<T> CallAsync<T>(S3Call call, Func<HttpResponseMessage, StallTimer, CancellationToken, Task<T>> read, CancellationToken cancel)
    {
        using var turn = await _connection.Gate.EnterAsync(cancel);
        var (attempts, onTheWire) = (new S3Attempts(call.Progress, FirstPause), TimeSpan.Zero);
        try
        {
            while (true)
            {
                var region = RegionOf(call.Bucket);
                var credentials = await _connection.GetCredentialsAsync(cancel);
                var started = Stopwatch.GetTimestamp();
                try
                {
                    return await AttemptAsync(call, region, credentials, read, cancel);
                }
                catch (Exception exception) when (!cancel.IsCancellationRequested && S3Failure.Understand(exception, call, FailuresOf(region)) is { } failure)
                {
                    if (!attempts.MayGoOn(failure.Kind == FailureKind.Throttled) || !await CanHelpAsync(failure, call, region, credentials, attempts, cancel))
                        throw failure.ToException(attempts.Made, _connection.Redaction);
                }
                finally
                {
                    onTheWire += Stopwatch.GetElapsedTime(started);
                }
                attempts.Made++;
            }
        }
        finally
        {
            _connection.Calls.Record("s3", call.Operation, RegionOf(call.Bucket), onTheWire, attempts.Made,
                _connection.Calls.RemembersKeys ? $"{S3Path.Of(call.Bucket, call.Key)}?{call.Query}{call.Stretch}" : null);
        }
    }

    /// <summary>The failure of a part of a call.</summary>
    internal ServiceException Failed(S3Failure failure) => failure.ToException(1, _connection.Redaction);

    /// <summary>The failure of a call whose answer came, and was not what it should be.</summary>
    internal ServiceException Failed(CorruptBodyException corrupt, S3Call call, int attempts) => S3Failure.Corrupt(corrupt, call).ToException(attempts, _connection.Redaction);

    private async Task<T> AttemptAsync<T>(
        S3Call call, string region, ImmutableCredentials credentials, Func<HttpResponseMessage, StallTimer, CancellationToken, Task<T>> read, CancellationToken cancel)
    {
        using var timer = new StallTimer(call.Patience, cancel);
        using var request = MakeRequest(call, region, credentials, timer);
        using var response = await _http.SendAsync(request, timer.Token);
        if (!response.IsSuccessStatusCode) throw await S3Failure.ReadAsync(response, call, timer.Token);
        return await read(response, timer, timer.Token);
    }

    private HttpRequestMessage MakeRequest(S3Call call, string region, ImmutableCredentials credentials, StallTimer timer)
    {
        var path = S3Path.Of(call.Bucket, call.Key);
        var address = EndpointOf(region).GetLeftPart(UriPartial.Authority) + path + (call.Query.Length > 0 ? "?" + call.Query : "");
        var request = new HttpRequestMessage(call.Method, new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Content = call.File is not null ? new FileStretchContent(call.File, timer) : call.Body is not null ? new ByteArrayContent(call.Body) : null;
        if (call.File?.Length >= AnnouncedFrom) request.Headers.ExpectContinue = true;
        if (call.Headers is not null)
            foreach (var (name, value) in call.Headers()) Add(request, name, value);
        var payload = call.File?.Sha256 ?? (call.Body is null ? S3Signer.EmptyPayload : Convert.ToHexStringLower(SHA256.HashData(call.Body)));
        _signer.Sign(request, path, call.Query, region, credentials, DateTimeOffset.UtcNow.AddTicks(Interlocked.Read(ref _clockOffset)), payload);
        return request;
    }

    private static void Add(HttpRequestMessage request, string name, string value)
    {
        // What describes content belongs to some, even where a request has none.
        if (value.Any(letter => char.IsControl(letter) || letter > '\u00FF')
            || (!request.Headers.TryAddWithoutValidation(name, value) && !(request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value)))
            throw new InvalidDataException($"No header can be made of the name {JsonEncodedText.Encode(name)} and its value.");
    }

    private Uri EndpointOf(string region) => FailuresOf(region).Endpoint;

    private ServiceFailures FailuresOf(string region) =>
        _failures.GetOrAdd(region, static (name, connection) => new(Service, connection.Endpoint(Service, name), connection.Redaction), _connection);

    /// <summary>Mends what made an attempt fail, unless another call has done so meanwhile, or waits for it to pass.</summary>
    private async ValueTask<bool> CanHelpAsync(S3Failure failure, S3Call call, string region, ImmutableCredentials credentials, S3Attempts attempts, CancellationToken cancel)
    {
        switch (failure.Remedy)
        {
            case S3Remedy.OtherRegion when call.Bucket is not null && failure.Region is not null && failure.Region != region:
                Learn(call.Bucket, failure.Region);
                return true;
            case S3Remedy.SetClock when failure.ServerTime is { } time:
                Interlocked.Exchange(ref _clockOffset, (time - DateTimeOffset.UtcNow).Ticks);
                return true;
            case S3Remedy.RefreshCredentials when attempts.InVain < 4:
                if (Interlocked.Exchange(ref _outdated, credentials.AccessKey) != credentials.AccessKey) _connection.RefreshCredentials();
                return true;
            case S3Remedy.Wait:
                await Task.Delay(attempts.Pause(failure.RetryAfter), cancel);
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
