using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>
/// S3 over one HTTP handler: signs, sends, follows a bucket to its region, keeps step with the service's clock, refreshes
/// credentials, and tries again where that can help. The SDK's own client reads small objects several times slower.
/// </summary>
public sealed class S3Client : IDisposable
{
    private const int Attempts = 8;
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(60);
    private static readonly AwsService Service = new() { ServiceId = "S3", SigningName = "s3", EndpointPrefix = "s3", Protocol = WireProtocol.RestXml };

    private readonly AwsConnection _connection;
    private readonly S3Signer _signer = new();
    private readonly HttpMessageInvoker _http;
    private readonly ConcurrentDictionary<string, string> _regions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ServiceFailures> _failures = new(StringComparer.Ordinal);
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
            MaxConnectionsPerServer = connections + 8,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        });
    }

    /// <summary>Notes in which region a bucket lives, as a listing told.</summary>
    internal void Learn(string bucket, string region) => _regions[bucket] = region;

    /// <summary>Where a bucket lives, as far as is known.</summary>
    internal string RegionOf(string? bucket) => bucket is not null && _regions.TryGetValue(bucket, out var region) ? region : _connection.Region;

    /// <summary>Performs a call and gives its answer's body, byte for byte.</summary>
    /// <exception cref="ServiceException">S3 refuses, or nothing answers, after every retry that can help.</exception>
    internal Task<byte[]> GetDocumentAsync(S3Call call, CancellationToken cancel) =>
        CallAsync(call, static async (response, _, token) => await response.Content.ReadAsByteArrayAsync(token), cancel);

    /// <summary>Performs a call and reads its answer, both again where it fails in a way that can pass.</summary>
    /// <exception cref="ServiceException">S3 refuses, or nothing answers, after every retry that can help.</exception>
    internal async Task<T> CallAsync<T>(S3Call call, Func<HttpResponseMessage, StallTimer, CancellationToken, Task<T>> read, CancellationToken cancel)
    {
        using var turn = await _connection.Gate.EnterAsync(cancel);
        var (attempt, onTheWire) = (1, TimeSpan.Zero);
        try
        {
            for (; ; attempt++)
            {
                var started = Stopwatch.GetTimestamp();
                try
                {
                    return await AttemptAsync(call, read, cancel);
                }
                catch (Exception exception) when (!cancel.IsCancellationRequested && S3Failure.Understand(exception, call, FailuresOf(RegionOf(call.Bucket))) is { } failure)
                {
                    if (attempt == Attempts || !await CanHelpAsync(failure, call, attempt, cancel)) throw failure.ToException(attempt);
                }
                finally
                {
                    onTheWire += Stopwatch.GetElapsedTime(started);
                }
            }
        }
        finally
        {
            _connection.Calls.Record("s3", call.Operation, RegionOf(call.Bucket), onTheWire, attempt,
                _connection.Calls.RemembersKeys ? $"{S3Path.Of(call.Bucket, call.Key)}?{call.Query}" : null);
        }
    }

    private async Task<T> AttemptAsync<T>(S3Call call, Func<HttpResponseMessage, StallTimer, CancellationToken, Task<T>> read, CancellationToken cancel)
    {
        using var timer = new StallTimer(Stall, cancel);
        using var request = await MakeRequestAsync(call, cancel);
        using var response = await _http.SendAsync(request, timer.Token);
        if (!response.IsSuccessStatusCode) throw await S3Failure.ReadAsync(response, call, timer.Token);
        return await read(response, timer, timer.Token);
    }

    private async ValueTask<HttpRequestMessage> MakeRequestAsync(S3Call call, CancellationToken cancel)
    {
        var region = RegionOf(call.Bucket);
        var path = S3Path.Of(call.Bucket, call.Key);
        var address = EndpointOf(region).GetLeftPart(UriPartial.Authority) + path + (call.Query.Length > 0 ? "?" + call.Query : "");
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (call.Headers is not null)
            foreach (var (name, value) in call.Headers()) request.Headers.TryAddWithoutValidation(name, value);
        var credentials = await _connection.GetCredentialsAsync(cancel);
        _signer.Sign(request, path, call.Query, region, credentials, DateTimeOffset.UtcNow.AddTicks(Interlocked.Read(ref _clockOffset)));
        return request;
    }

    private Uri EndpointOf(string region) => FailuresOf(region).Endpoint;

    private ServiceFailures FailuresOf(string region) =>
        _failures.GetOrAdd(region, static (name, connection) => new(Service, connection.Endpoint(Service, name), connection.Redaction), _connection);

    /// <summary>Mends what made a call fail, or waits for it to pass.</summary>
    private async ValueTask<bool> CanHelpAsync(S3Failure failure, S3Call call, int attempt, CancellationToken cancel)
    {
        switch (failure.Remedy)
        {
            case S3Remedy.OtherRegion when call.Bucket is not null && failure.Region is not null && failure.Region != RegionOf(call.Bucket):
                Learn(call.Bucket, failure.Region);
                return true;
            case S3Remedy.SetClock when failure.ServerTime is { } time:
                Interlocked.Exchange(ref _clockOffset, (time - DateTimeOffset.UtcNow).Ticks);
                return attempt < 3;
            case S3Remedy.RefreshCredentials:
                _connection.RefreshCredentials();
                return attempt < 3;
            case S3Remedy.Wait:
                // Full jitter: a throttled crowd spreads out instead of coming back together.
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(20_000, 50 << attempt)), cancel);
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}

/// <summary>Ends an attempt on which nothing has moved for a while.</summary>
internal sealed class StallTimer : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _source;

    public StallTimer(TimeSpan limit, CancellationToken cancel)
    {
        _limit = limit;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Moved();
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Something has arrived: the clock starts anew.</summary>
    public void Moved() => _source.CancelAfter(_limit);

    public void Dispose() => _source.Dispose();
}
