using System.Globalization;
using System.Net.Sockets;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Microsoft.AspNetCore.Connections.Features;

namespace JadaSnapshot.Sandbox.Hosting;

/// <summary>Puts an answer on the wire, with what a fault does to it there.</summary>
internal static class ResponseSender
{
    private static readonly byte[] Surplus = [.. "surplus"u8];

    public static async Task SendAsync(HttpContext context, Visit visit, SandboxResponse answer, CancellationToken cancel)
    {
        var response = context.Response;
        var kind = visit.Fault?.Kind;
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers) response.Headers.Append(name, value);
        if (answer.ContentType is { } type) response.ContentType = type;
        AddRequestId(response, visit);
        AlterHeaders(response, kind);

        var length = answer.Length ?? answer.Body.Length;
        var isHead = context.Request.Method == HttpMethods.Head;
        if (answer.Status is not (204 or 304) && (kind is not FaultKind.LongBody || isHead)) response.ContentLength = length;
        if (isHead || length == 0 && kind is not FaultKind.LongBody)
        {
            await response.StartAsync(cancel);
            return;
        }
        if (kind is FaultKind.ResetMidBody or FaultKind.TruncateBody or FaultKind.CorruptBody) await SendFaultyAsync(context, answer, kind.Value, length / 2, cancel);
        else await WriteAsync(response.Body, answer, cancel);
        if (kind is FaultKind.LongBody) await response.Body.WriteAsync(Surplus, cancel);
    }

    /// <summary>Resets the connection: the peer sees RST, not an orderly end.</summary>
    public static void Reset(HttpContext context)
    {
        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket) socket.LingerState = new LingerOption(true, 0);
        context.Abort();
    }

    private static async Task SendFaultyAsync(HttpContext context, SandboxResponse answer, FaultKind kind, long middle, CancellationToken cancel)
    {
        try
        {
            await WriteAsync(new FaultyBody(context.Response.Body, kind, middle), answer, cancel);
        }
        catch (BodyCutException)
        {
            // What was flushed is only on its way to the socket; an abort now would take it back.
            await Task.Delay(30, cancel);
            if (kind is FaultKind.ResetMidBody) Reset(context);
            else context.Abort();
        }
    }

    private static async Task WriteAsync(Stream body, SandboxResponse answer, CancellationToken cancel)
    {
        if (answer.Write is { } write) await write(body, cancel);
        else await body.WriteAsync(answer.Body, cancel);
    }

    private static void AddRequestId(HttpResponse response, Visit visit)
    {
        if (visit.Request is not { } request) return;
        if (visit.Service is null or { SigningName: "s3" })
        {
            response.Headers["x-amz-request-id"] = RequestIds.S3Form(request.RequestId);
            response.Headers["x-amz-id-2"] = Services.S3.S3Errors.HostId(request);
            response.Headers.Server = "AmazonS3";
        }
        else if (visit.Service is not ITokenService) response.Headers["x-amzn-RequestId"] = request.RequestId;
    }

    private static void AlterHeaders(HttpResponse response, FaultKind? kind)
    {
        if (kind is FaultKind.ClockSkew) response.Headers.Date = DateTimeOffset.UtcNow.AddHours(1).ToString("R", CultureInfo.InvariantCulture);
        else if (kind is FaultKind.Change) response.Headers.ETag = "\"00000000000000000000000000000000\"";
        else if (kind is FaultKind.WrongChecksum)
            foreach (var name in ChecksumHeaders(response).Where(name => !name.EndsWith("-type", StringComparison.OrdinalIgnoreCase)))
                response.Headers[name] = Flip(response.Headers[name].ToString());
        else if (kind is FaultKind.NoChecksum)
            foreach (var name in ChecksumHeaders(response)) response.Headers.Remove(name);
    }

    private static List<string> ChecksumHeaders(HttpResponse response) =>
        [.. response.Headers.Keys.Where(name => name.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase))];

    private static string Flip(string base64) => (base64[0] == 'A' ? 'B' : 'A') + base64[1..];
}
