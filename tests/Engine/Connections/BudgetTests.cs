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

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => (i % 2 == 0 ? one : other).Wire(TwentyASecond).SendAsync(new() { Operation = "Op", Method = "GET" }, Cancel)));

        var times = service.Requests.Select(r => r.At.TotalSeconds).Order().ToArray();
        // The first may arrive late on a busy machine, which makes the whole look shorter.
        Assert.InRange(times[^1] - times[0], 0.9, 10);
        // Ten in half a second and what the bucket held, with room for those that a busy machine lets arrive together.
        Assert.All(times, start => Assert.InRange(times.Count(t => t >= start && t < start + 0.5), 1, 20));
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
        var slow = Lambda with { ServiceId = "Slow", RequestsPerSecond = 2 };
        await using var service = await LoopbackService.StartAsync((n, _) => n == 0 ? Reply.Fault(429, "") : Reply.Ok());
        using var connection = Connect(service);

        var calls = Enumerable.Range(0, 2).Select(_ => connection.Wire(slow).SendAsync(new() { Operation = "Op", Method = "GET" }, Cancel)).ToArray();
        await Task.WhenAll(calls);

        var times = service.Requests.Select(r => r.At.TotalSeconds).ToArray();
        Assert.Equal(3, times.Length);
        Assert.InRange(times[1] - times[0], 0.9, 10);
    }
}
