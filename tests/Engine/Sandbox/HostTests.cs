using System.Diagnostics;
using JadaSnapshot.Sandbox;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Sandbox;

public class HostTests
{
    [Fact]
    public async Task Every_call_waits_for_the_latency_once()
    {
        await using var sandbox = await RunningSandbox.StartAsync(new() { Latency = TimeSpan.FromMilliseconds(60) });
        List<long> waits = [];
        while (waits.Count < 8)
        {
            var watch = Stopwatch.StartNew();
            await sandbox.Client.GetAsync("/");
            waits.Add(watch.ElapsedMilliseconds);
        }
        // The quickest, since others may be at work; one that waited twice would not be below.
        Assert.InRange(waits.Min(), 58, 115);
    }

    [Fact]
    public async Task The_log_names_operations_and_counts_them()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Client.PutAsync("/logged");
        await sandbox.Client.GetAsync("/logged?list-type=2&prefix=a%20b");
        await sandbox.Client.GetAsync("/absent?list-type=2");
        Assert.Equal(2, sandbox.Host.Requests.Count("s3", "ListObjectsV2"));
        Assert.Equal(("/logged?list-type=2&prefix=a%20b", 200), sandbox.Host.Requests.Entries.Select(entry => (entry.Target, entry.Status)).ElementAt(1));
        Assert.Equal(404, sandbox.Host.Requests.Entries[2].Status);
    }

    [Fact]
    public void The_log_keeps_no_signature_of_a_link() =>
        Assert.Equal("/b/k?X-Amz-Security-Token=…&X-Amz-Date=1&X-Amz-Signature=…", RequestLog.WithoutSecrets("/b/k?X-Amz-Security-Token=t&X-Amz-Date=1&X-Amz-Signature=s"));

    [Fact]
    public void A_budget_grants_a_second_s_worth_at_once_and_then_its_rate()
    {
        var clock = new ManualClock(DateTimeOffset.UtcNow);
        var budgets = new Budgets(clock);
        var service = new FiveASecond();
        Assert.Equal([true, true, true, true, true, false], Enumerable.Range(0, 6).Select(_ => budgets.Grants(service, "us-east-1", "List")));
        clock.Advance(TimeSpan.FromMilliseconds(400));
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => budgets.Grants(service, "us-east-1", "Get")));
        Assert.True(budgets.Grants(service, "us-west-2", "Get"));
        Assert.True(budgets.Grants(service, "us-east-1", "Free"));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_IOException()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var port = new Uri(sandbox.Host.Endpoint).Port;
        await Assert.ThrowsAsync<IOException>(() => RunningSandbox.StartAsync(new() { Port = port }));
    }

    [Theory]
    [InlineData("--prot", "There is no option '--prot'.")]
    [InlineData("--port", "--port needs a value.")]
    [InlineData("--port 70000", "--port needs a whole number from 0 to 65535, not '70000'.")]
    [InlineData("--latency soon", "'soon' is not a time such as 20ms or 1.5s.")]
    [InlineData("--account 12", "An account number has twelve digits, not '12'.")]
    [InlineData("--settling roles=soon", "'soon' is not a time such as 20ms or 1.5s.")]
    [InlineData("--settling zones=1s", "Nothing called 'zones' takes its time; roles, functions, tables, distributions, buckets, certificates and jobs do.")]
    public void A_bad_argument_is_explained(string arguments, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => SandboxCommand.Parse(arguments.Split(' '))).Message);

    [Fact]
    public async Task Another_language_drives_faults_and_the_log_over_HTTP()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var http = new HttpClient { BaseAddress = new(sandbox.Host.Endpoint) };
        var cancel = TestContext.Current.CancellationToken;
        using var fault = new StringContent("kind=deny");
        Assert.Equal(204, (int)(await http.PostAsync("/_sandbox/faults", fault, cancel)).StatusCode);
        Assert.Equal(403, (await sandbox.Client.GetAsync("/")).Status);
        Assert.Contains("\"s3:ListBuckets\": 1", await http.GetStringAsync("/_sandbox/requests", cancel), StringComparison.Ordinal);
    }

    private sealed class FiveASecond : ISandboxService
    {
        public string SigningName => "five";
        public SandboxException Throttled => new(429, "TooManyRequests", "");
        public string Identify(SandboxRequest request) => "List";
        public ValueTask<SandboxResponse> HandleAsync(SandboxRequest request, CancellationToken cancel) => throw new NotSupportedException();
        public SandboxResponse Render(SandboxRequest request, SandboxException error) => throw new NotSupportedException();
        public double? RequestsPerSecond(string operation) => operation == "Free" ? null : 5;
    }
}
