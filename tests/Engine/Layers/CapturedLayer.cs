using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

/// <summary>A sandbox of one test, and what a snapshot of one layer of it holds.</summary>
internal sealed partial class CapturedLayer : IAsyncDisposable
{
    private readonly TemporaryStore _store = new();
    private readonly SandboxClient _client;

    private CapturedLayer(SandboxHost host, string service)
    {
        Host = host;
        _client = new(host) { Service = service };
    }

    public SandboxHost Host { get; }

    public Snapshot Snapshot { get; private set; } = null!;

    public ConcurrentQueue<Problem> Problems { get; } = new();

    /// <summary>The paths of all files of the snapshot, with slashes.</summary>
    public IEnumerable<string> Files => Directory.EnumerateFiles(Snapshot.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Snapshot.Path, file).Replace('\\', '/'));

    public static async Task<CapturedLayer> StartAsync(string layer, params string[] faults)
    {
        var host = await SandboxHost.StartAsync(new() { Budgets = false });
        foreach (var fault in faults) host.Faults.Add(JadaSnapshot.Sandbox.Hosting.Faults.Fault.Parse(fault));
        return new CapturedLayer(host, layer);
    }

    public static async Task<CapturedLayer> OfAsync(string layer, params string[] faults)
    {
        var started = await StartAsync(layer, faults);
        await started.CaptureAsync(layer);
        return started;
    }

    public async Task CaptureAsync(string layer, DistributionDetail detail = DistributionDetail.InUse)
    {
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(Host));
        Snapshot = await new CaptureRun(connection, new() { Store = _store.Path, Name = "v1.0", Layers = [layer], DistributionDetail = detail })
            .RunAsync(Problems.Enqueue, TestContext.Current.CancellationToken);
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Snapshot.Path, path));

    public XElement Xml(string path) => XElement.Parse(Read(path));

    /// <summary>What the service says, asked by a client that shares no code with the engine.</summary>
    public async Task<string> AskAsync(string target)
    {
        var answer = await _client.GetAsync(target);
        Assert.Equal(200, answer.Status);
        return Encoding.UTF8.GetString(answer.Body);
    }

    public async Task SendAsync(string method, string target, string body)
    {
        var answer = await _client.SendAsync(method, target, Encoding.UTF8.GetBytes(body));
        Assert.True(answer.Status < 300, Encoding.UTF8.GetString(answer.Body));
    }

    /// <summary>A document without the values that are secrets.</summary>
    public static string WithoutSecrets(string document) => HeaderValue().Replace(document, "<HeaderValue></HeaderValue>");

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Host.DisposeAsync();
        _store.Dispose();
    }

    [GeneratedRegex("<HeaderValue>[^<]*</HeaderValue>")]
    private static partial Regex HeaderValue();
}
