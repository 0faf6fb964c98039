using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Tests.Wire;
using Xunit;
using static JadaSnapshot.Engine.Tests.Wire.TestServices;

namespace JadaSnapshot.Engine.Tests.Connections;

public sealed class CallLogTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Calls_are_counted_by_service_operation_and_region()
    {
        var log = new CallLog();

        Parallel.For(0, 1000, i => log.Record("s3", i % 2 == 0 ? "GetObject" : "HeadObject", "us-west-2", TimeSpan.FromMilliseconds(2), attempts: 2));

        Assert.Equal(
            [new("s3", "GetObject", "us-west-2", 500, 500, TimeSpan.FromSeconds(1)), new("s3", "HeadObject", "us-west-2", 500, 500, TimeSpan.FromSeconds(1))],
            log.Counts);
    }

    [Fact]
    public async Task The_same_question_asked_twice_is_found()
    {
        await using var service = await LoopbackService.StartAsync(Reply.Ok());
        using var connection = Connect(service);
        connection.Calls.RememberKeys(100);

        foreach (var name in new[] { "a", "b", "a" })
            await connection.Wire(Lambda).SendAsync(new() { Operation = "GetFunction", Method = "GET", Path = $"/f/{name}" }, Cancel);

        var repeated = Assert.Single(connection.Calls.Repeated);
        Assert.Equal(2, repeated.Times);
        Assert.Contains("lambda GetFunction us-west-2 GET /f/a", repeated.Key, StringComparison.Ordinal);
    }

    [Fact]
    public void No_more_questions_are_remembered_than_asked_for()
    {
        var log = new CallLog();
        log.RememberKeys(2);

        foreach (var key in new[] { "a", "b", "c", "c", "a" }) log.Record("s3", "GetObject", "us-west-2", TimeSpan.Zero, key: key);

        Assert.True(log.KeysOverflowed);
        Assert.Equal(["s3 GetObject us-west-2 a"], log.Repeated.Select(r => r.Key));
    }
}
