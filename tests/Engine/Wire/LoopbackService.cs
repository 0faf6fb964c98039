using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Wire;

/// <summary>A service on loopback that records every request and answers as it is told.</summary>
internal sealed class LoopbackService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly long _started = Stopwatch.GetTimestamp();

    private LoopbackService(Func<int, RecordedRequest, Reply> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(o => o.AddServerHeader = false).UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(context => AnswerAsync(context, answer));
    }

    public string Url => _app.Urls.Single();

    /// <summary>How long ago it was made: the clock of <see cref="RecordedRequest.At"/>.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    /// <summary>Starts a service whose answer depends on how many requests came before.</summary>
    public static async Task<LoopbackService> StartAsync(Func<int, RecordedRequest, Reply> answer)
    {
        var service = new LoopbackService(answer);
        await service._app.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    /// <summary>Starts a service that gives these answers in turn, the last one for ever.</summary>
    public static Task<LoopbackService> StartAsync(params Reply[] replies) => StartAsync((n, _) => replies[Math.Min(n, replies.Length - 1)]);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _app.DisposeAsync();
        _closing.Dispose();
    }

    private async Task AnswerAsync(HttpContext context, Func<int, RecordedRequest, Reply> answer)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, _closing.Token);
        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var request = new RecordedRequest(context.Request.Method, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, headers, body.ToArray(), Elapsed);
        int before;
        lock (_requests)
        {
            before = _requests.Count;
            _requests.Enqueue(request);
        }
        var reply = answer(before, request);
        if (reply.Hangs) await WaitAsync(context);
        context.Response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers) context.Response.Headers[name] = value;
        context.Response.ContentLength = reply.Body.Length + (reply.BreaksOff || reply.Stalls ? 100 : 0);
        await context.Response.Body.WriteAsync(reply.Body, _closing.Token);
        await context.Response.Body.FlushAsync(_closing.Token);
        if (reply.Stalls) await WaitAsync(context);
        // Kestrel closes the connection of a handler that wrote less than it announced.
    }

    private async Task WaitAsync(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, context.RequestAborted);
        await Task.Delay(Timeout.Infinite, either.Token);
    }
}
