using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using JadaSnapshot.Engine.Wire;
using Xunit;
using static JadaSnapshot.Engine.Tests.Wire.TestServices;

namespace JadaSnapshot.Engine.Tests.Wire;

public sealed class RetryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<int, string> Throttles => new()
    {
        { 429, """{"Reason":"CallerRateLimitExceeded","message":"Rate exceeded"}""" },
        { 400, """{"__type":"ThrottlingException","message":"Rate exceeded"}""" },
        { 400, """{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"}""" },
        { 400, "<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>" },
        { 400, "<ErrorResponse><Error><Code>PriorRequestNotComplete</Code><Message>wait</Message></Error></ErrorResponse>" },
        { 503, "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>" },
        { 503, "<Response><Errors><Error><Code>RequestLimitExceeded</Code></Error></Errors></Response>" },
        { 500, "" },
    };

    [Theory]
    [MemberData(nameof(Throttles))]
    public async Task Whatever_a_service_calls_throttling_the_call_is_made_again(int status, string body)
    {
        await using var service = await LoopbackService.StartAsync(Reply.Fault(status, body), Reply.Ok("done"));
        using var connection = Connect(service);

        var answer = await connection.Wire(Lambda).SendAsync(new() { Operation = "Op", Method = "GET" }, Cancel);

        Assert.Equal("done"u8.ToArray(), answer.Body);
        var count = Assert.Single(connection.Calls.Counts);
        Assert.Equal((1, 1), (count.Calls, count.Retries));
    }

    [Fact]
    public async Task A_repeated_request_sends_its_body_again_and_is_signed_anew()
    {
        await using var service = await LoopbackService.StartAsync(Reply.Fault(500, ""), Reply.Ok());
        using var connection = Connect(service);

        await connection.Wire(DynamoDb).SendAsync(new() { Operation = "Op", Body = "{\"a\":1}"u8.ToArray() }, Cancel);

        Assert.Equal(["{\"a\":1}", "{\"a\":1}"], service.Requests.Select(r => r.Text));
        Assert.All(service.Requests, r => Assert.StartsWith("AWS4-HMAC-SHA256 ", r.Headers["Authorization"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_service_may_say_how_long_to_wait()
    {
        await using var service = await LoopbackService.StartAsync(Reply.Fault(503, "", ("Retry-After", "2")), Reply.Ok());
        using var connection = Connect(service);

        await connection.Wire(Lambda).SendAsync(new() { Operation = "Op", Method = "GET" }, Cancel);

        Assert.InRange((service.Requests[1].At - service.Requests[0].At).TotalSeconds, 1.9, 10);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_asked_for_again()
    {
        await using var service = await LoopbackService.StartAsync(new Reply(200, "{\"half\":"u8.ToArray()) { BreaksOff = true }, Reply.Ok("{\"whole\":1}"));
        using var connection = Connect(service);

        var answer = await connection.Wire(Lambda).SendAsync(new() { Operation = "Op", Method = "GET" }, Cancel);

        Assert.Equal("{\"whole\":1}"u8.ToArray(), answer.Body);
    }

    [Fact]
    public async Task A_refused_connection_says_where_nothing_answers_and_says_so_soon()
    {
        var port = FreePort();
        using var connection = Connect($"http://127.0.0.1:{port}");
        var started = Stopwatch.GetTimestamp();

        var failure = await Assert.ThrowsAsync<ServiceException>(() => connection.Wire(Lambda).SendAsync(new() { Operation = "Op", Method = "GET" }, Cancel));

        Assert.Equal((FailureKind.Unreachable, "ConnectionRefused", 0), (failure.Kind, failure.Code, failure.StatusCode));
        Assert.Contains($"Nothing answers at http://127.0.0.1:{port} (connection refused)", failure.Message, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_host_that_is_not_there_is_named()
    {
        using var connection = Connect("http://no-such-host.invalid");

        var failure = await Assert.ThrowsAsync<ServiceException>(() => connection.Wire(Lambda).SendAsync(new() { Operation = "Op", Method = "GET" }, Cancel));

        Assert.Equal(FailureKind.Unreachable, failure.Kind);
        Assert.Contains("no-such-host.invalid", failure.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> Waits => ["hangs", "stalls", "backs off", "queues"];

    [Theory]
    [MemberData(nameof(Waits))]
    public async Task Cancelling_ends_any_wait_within_a_second(string wait)
    {
        await using var service = await LoopbackService.StartAsync(wait switch
        {
            "hangs" => new Reply(200, []) { Hangs = true },
            "stalls" => new Reply(200, "{"u8.ToArray()) { Stalls = true },
            "backs off" => Reply.Fault(503, "", ("Retry-After", "15")),
            _ => Reply.Ok(),
        });
        using var connection = Connect(service);
        var slow = Lambda with { ServiceId = "Slow", RequestsPerSecond = 0.05 };
        if (wait == "queues") await connection.Wire(slow).SendAsync(new() { Operation = "First", Method = "GET" }, Cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var call = connection.Wire(wait == "queues" ? slow : Lambda).SendAsync(new() { Operation = "Op", Method = "GET" }, stop.Token);
        await Task.Delay(300, Cancel);
        Assert.False(call.IsCompleted);
        var cancelled = Stopwatch.GetTimestamp();
        await stop.CancelAsync();

        var ended = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(stop.Token, ended.CancellationToken);
        Assert.True(Stopwatch.GetElapsedTime(cancelled) < TimeSpan.FromSeconds(1));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
