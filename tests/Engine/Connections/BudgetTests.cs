using JadaSnapshot.Engine.Tests.Wire;
using JadaSnapshot.Engine.Wire;
using Xunit;
using static JadaSnapshot.Engine.Tests.Wire.TestServices;

namespace JadaSnapshot.Engine.Tests.Connections;

public sealed class BudgetTests
{
    private static readonly AwsService TwentyASecond = Lambda with { ServiceId = "Twenty", RequestsPerSecond = 20, OperationBudgets = new Dictionary<string, double> { ["Fast"] = 1000 } };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_never_come_faster_than_the_budget_even_from_two_connections()
    {
        await using var service = await LoopbackService.StartAsync(Reply.Ok());
        using var one = Connect(service);
        using var other = Connect(service);

        var begun = service.Elapsed;
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => (i % 2 == 0 ? one : other).Wire(TwentyASecond).SendAsync(new() { Operation = "Op", Method = "GET" }, Cancel)));

        // A fifth of a second's worth at once, and then one every 50 ms. A busy machine can only make them later.
        var times = service.Requests.Select(request => (request.At - begun).TotalSeconds).Order().ToArray();
        Assert.All(times, (time, before) => Assert.InRange(time, (before - 4) / 20.0, 10));
    }

    [Fact]
    public async Task An_operation_with_a_budget_of_its_own_does_not_wait_for_the_others()
    {
        await using var service = await LoopbackService.StartAsync(Reply.Ok());
        using var connection = Connect(service);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => connection.Wire(TwentyASecond).SendAsync(new() { Operation = "Fast", Method = "GET" }, Cancel)));

        Assert.InRange((service.Requests[^1].At - service.Requests[0].At).TotalSeconds, 0, 5);
    }

    [Fact]
    public async Task A_connection_without_budgets_does_not_wait()
    {
        await using var service = await LoopbackService.StartAsync(Reply.Ok());
        using var connection = Engine.Connections.AwsConnection.Open(new() { AccessKey = AccessKey, SecretKey = SecretKey, Region = "us-west-2", EndpointUrl = service.Url, UseBudgets = false });

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => connection.Wire(TwentyASecond).SendAsync(new() { Operation = "Op", Method = "GET" }, Cancel)));

        Assert.InRange((service.Requests[^1].At - service.Requests[0].At).TotalSeconds, 0, 5);
    }

    [Fact]
    public async Task A_repetition_waits_its_turn_and_throttling_holds_everybody_back()
    {
        var slow = Lambda with { ServiceId = "Slow", SigningName = "slow", RequestsPerSecond = 1 };
        await using var service = await LoopbackService.StartAsync((n, _) => n == 1 ? Reply.Fault(429, "") : Reply.Ok());
        using var connection = Connect(service);
        // What is called for the first time takes long, and the refusal has to be here within a second, before the next call's turn.
        await connection.Wire(Lambda).SendAsync(new() { Operation = "Op", Method = "GET" }, Cancel);

        var calls = Enumerable.Range(0, 2).Select(_ => connection.Wire(slow).SendAsync(new() { Operation = "Op", Method = "GET" }, Cancel)).ToArray();
        await Task.WhenAll(calls);

        var times = service.Requests.Select(r => r.At.TotalSeconds).ToArray();
        Assert.Equal(4, times.Length);
        Assert.InRange(times[2] - times[1], 1.9, 10);
    }
}
