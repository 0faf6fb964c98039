using System.Diagnostics;
using System.Net;
using Google.Apis.Auth.OAuth2.Responses;
using Google.Apis.Http;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Connections.Google;

/// <summary>Who calls Google, and where: a request in, the API's document out, byte for byte. Safe to use from many threads at once.</summary>
public sealed class GoogleConnection : IDisposable
{
    private const string Home = "https://script.googleapis.com/";
    private const string TokenPath = "token";
    private const int Tries = 6;

    private readonly ScriptApi _api;
    private readonly Uri _endpoint;
    private readonly string _source;

    private GoogleConnection(GoogleOptions options)
    {
        var given = options.EndpointUrl ?? (Environment.GetEnvironmentVariable("JADA_GOOGLE_ENDPOINT_URL") is { Length: > 0 } set ? set : null);
        _endpoint = given is null ? new Uri(Home) : Parse(given);
        var http = HttpClientFactory.ForProxy(LoopbackBypass.OfEnvironment);
        (var credentials, _source) = new GoogleCredentialFiles(options, http, given is null ? null : new Uri(_endpoint, TokenPath).AbsoluteUri).Find();
        _api = new ScriptApi(
            new()
            {
                ApplicationName = "JadaSnapshot",
                HttpClientFactory = http,
                HttpClientInitializer = credentials,
                DefaultExponentialBackOffPolicy = ExponentialBackOffPolicy.None,
            },
            _endpoint);
        var handler = _api.HttpClient.MessageHandler;
        (handler.NumTries, handler.FollowRedirect) = (Tries, false);
        var patience = new BackOffHandler(new BackOffHandler.Initializer(new DoublingPause(options.FirstPause, Tries - 1))
        {
            HandleUnsuccessfulResponseFunc = response => response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
                || (response.StatusCode >= HttpStatusCode.InternalServerError && response.RequestMessage?.Method != HttpMethod.Post),
            MaxTimeSpan = DoublingPause.Longest,
            RespectRetryAfterHeader = true,
        });
        handler.AddUnsuccessfulResponseHandler(patience);
        handler.AddExceptionHandler(new RepeatableOnly(new BackOffHandler(new DoublingPause(options.FirstPause / 4, 2))));
    }

    /// <summary>The calls that were made so far.</summary>
    public CallLog Calls { get; } = new();

    /// <summary>Opens a connection. Calls nobody.</summary>
    /// <exception cref="ServiceException">There are no credentials, or what is configured cannot be used.</exception>
    public static GoogleConnection Open(GoogleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new GoogleConnection(options);
    }

    /// <summary>Asks for a document.</summary>
    /// <param name="operation">What the API calls it: <c>projects.get</c>.</param>
    /// <param name="target">Path and query, escaped, without a slash before them.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ServiceException">The API said no or could not be reached, through every retry.</exception>
    public Task<byte[]> GetAsync(string operation, string target, CancellationToken cancel) => SendAsync(operation, HttpMethod.Get, target, null, cancel);

    /// <summary>Sends a request. One that makes something (<c>POST</c>) is repeated only where Google says that it did nothing.</summary>
    /// <param name="operation">What the API calls it: <c>projects.versions.create</c>.</param>
    /// <param name="method">The method.</param>
    /// <param name="target">Path and query, escaped, without a slash before them.</param>
    /// <param name="body">A JSON document; null for none.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ServiceException">The API said no or could not be reached, through every retry.</exception>
    public async Task<byte[]> SendAsync(string operation, HttpMethod method, string target, byte[]? body, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(_endpoint, target));
            if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
            using var answer = await _api.HttpClient.SendAsync(request, cancel);
            var document = await answer.Content.ReadAsByteArrayAsync(cancel);
            return answer.IsSuccessStatusCode ? document : throw GoogleFailures.Refused(operation, (int)answer.StatusCode, document, _source);
        }
        catch (TokenResponseException exception)
        {
            throw GoogleFailures.NotRefreshed(exception, _source, operation);
        }
        // What the client library says where there is no refresh token.
        catch (InvalidOperationException)
        {
            throw GoogleFailures.NotRefreshable(_source, operation);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || exception is OperationCanceledException && !cancel.IsCancellationRequested)
        {
            throw GoogleFailures.Unreached(exception, _endpoint, operation);
        }
        finally
        {
            Calls.Record(GoogleFailures.Service, operation, "", Stopwatch.GetElapsedTime(started), key: target);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _api.Dispose();

    // Whether a request that was cut off has made something, nobody knows.
    private sealed class RepeatableOnly(IHttpExceptionHandler handler) : IHttpExceptionHandler
    {
        public Task<bool> HandleExceptionAsync(HandleExceptionArgs args) => args.Request.Method == HttpMethod.Post ? Task.FromResult(false) : handler.HandleExceptionAsync(args);
    }

    // A token goes nowhere in the clear but to this machine.
    private static Uri Parse(string url) =>
        Uri.TryCreate(url.TrimEnd('/') + "/", UriKind.Absolute, out var endpoint) && endpoint is { Query: "", UserInfo: "" } && (endpoint.Scheme == "https" || endpoint is { Scheme: "http", IsLoopback: true })
            ? endpoint
            : throw GoogleFailures.Invalid("InvalidEndpoint", "JADA_GOOGLE_ENDPOINT_URL is not an https URL, nor an http one of this machine, such as http://127.0.0.1:4566.");
}
