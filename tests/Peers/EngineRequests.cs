using System.Collections.Concurrent;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Inventory;
using JadaSnapshot.Engine.Layers.CloudFront;
using JadaSnapshot.Engine.Layers.DynamoDb;
using JadaSnapshot.Engine.Secrets;
using JadaSnapshot.Engine.Sync;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Compare;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

[assembly: AssemblyFixture(typeof(JadaSnapshot.Peers.Tests.EngineRequests))]

namespace JadaSnapshot.Peers.Tests;

/// <summary>What the engine asks of a sandbox in everything that it does, and what botocore's models say of it.</summary>
public sealed class EngineRequests
{
    private readonly Lazy<Task<IReadOnlyList<(string Service, string Operation, string? Finding)>>> _verdicts = new(() => Task.Run(JudgeAsync));

    /// <summary>The verdict over each distinct form of request.</summary>
    public Task<IReadOnlyList<(string Service, string Operation, string? Finding)>> VerdictsAsync() => _verdicts.Value;

    private static async Task<IReadOnlyList<(string, string, string?)>> JudgeAsync()
    {
        // One of each form is enough: the same operation with the same parameters, whatever their values.
        var forms = new ConcurrentDictionary<string, string>();
        await using var sandbox = await SandboxHost.StartAsync(new() { Budgets = false, OnAnswer = Note });
        await AskForEverythingAsync(sandbox);
        using (var apis = new ApiRequests(Note)) await apis.AskAsync();
        using (var edge = new EdgeRequests(Note)) await edge.AskAsync();
        using (var backend = new BackendRequests(Note)) await backend.AskAsync();
        await JobRequests.AskAsync(Note);
        var script = Path.Combine(AppContext.BaseDirectory, "engine_requests.py");
        var result = await Tool.RunAsync("python3", [script], Tool.NoVariables, string.Join('\n', forms.Values) + "\n", CancellationToken.None);
        Assert.True(result.Code == 0, result.Error);
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).Select(verdict =>
            (verdict.GetProperty("service").GetString()!, verdict.GetProperty("operation").GetString()!, verdict.GetProperty("problems").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.String } finding ? finding.GetString() : null))];

        // A link that a service handed out is no operation.
        void Note(ISandboxService service, SandboxRequest request, SandboxResponse answer)
        {
            if (!request.RawPath.StartsWith("/_links/", StringComparison.Ordinal)) forms.TryAdd(Form(service, request), ToLine(service, request));
        }
    }

    private static async Task AskForEverythingAsync(SandboxHost sandbox)
    {
        using var folder = new TemporaryStore();
        using var connection = EngineRestores.Connect(sandbox);
        var sealer = await KmsSealer.CreateAsync(connection, "alias/jada-snapshots", CancellationToken.None);
        await KmsSealer.OpenAsync(connection, sealer.Seal("secret"u8), CancellationToken.None);
        var snapshot = await new CaptureRun(connection, new() { Store = folder.Path, Name = "v1.0", AllVersions = true, DistributionDetail = DistributionDetail.All, IncludeData = true, IncludeInstanceSnapshot = true }).RunAsync(_ => { }, CancellationToken.None);
        await AskWithoutListsAsync(connection);
        var export = new TableExportOrder { Bucket = "jada-dashboard", Prefix = "tables", ExportTime = DateTimeOffset.UtcNow.AddHours(-1) };
        await foreach (var _ in new TableExporter(connection).ExportAsync(export, table => ValueTask.FromResult(table.Name == "jada-bookings"), _ => { }, CancellationToken.None)) { }
        await foreach (var _ in new BucketInventoryRun(connection, new() { Wanted = _ => true }).RunAsync(_ => { }, CancellationToken.None)) { }
        using var sync = new BucketSync(connection, new() { Destination = Path.Combine(folder.Path, "sync") });
        await sync.SyncAsync("queenofsandiego.com", _ => { }, _ => { }, CancellationToken.None);
        await CompareAsync(connection);
        await CopyAsync(connection);
        await RestoreAsync(connection, snapshot);
    }

    /// <summary>Puts objects back whole and in parts, where there is nothing and over what is there, and the items of a table.</summary>
    private static async Task RestoreAsync(AwsConnection connection, Snapshot snapshot)
    {
        using var context = new LayerContext(connection, new(), problem => Assert.Fail($"{problem}"));
        var side = await snapshot.ReadAsync(CancellationToken.None);
        foreach (var (bucket, parts) in ((string, PartRule)[])[("sailjada.com", new()), ("salejada.com", new() { From = 1, Size = 5 << 20 }), ("sailjada.com", new())])
        {
            BucketRestoreOrder order = new() { Side = side, Bucket = Resource("s3", "bucket", bucket), Destination = "jada-uploads", Rules = [new(false, "*"), new(true, "index.html"), new(true, "robots.txt")] };
            Assert.Equal(2, (await new BucketRestore(context, order) { Parts = parts }.RunAsync(_ => { }, problem => Assert.Fail($"{problem}"), CancellationToken.None)).WrittenCount);
        }
        Assert.True(await new TableRestore(context, new() { Side = side, Table = Resource("dynamodb", "table", "jada-bookings") }).RunAsync(CancellationToken.None) > 0);

        Resource Resource(string layer, string kind, string name) => ResourceList.Read(snapshot.Path).Values.Single(each => (each.Layer, each.Kind, each.Name) == (layer, kind, name));
    }

    /// <summary>Copies whole and in parts, of which one fails, and deletes by one request and by many.</summary>
    private static async Task CopyAsync(AwsConnection connection)
    {
        BucketCopyOrder order = new() { Source = new("sailjada.com"), Destination = new("jada-uploads", "copies/"), Delete = true };
        var parts = new PartRule { From = 1, Size = 5 << 20 };
        foreach (var rule in (PartRule?[])[null, parts])
        {
            using var copy = new BucketCopy(connection, order with { Destination = new("jada-uploads", $"copies/{rule?.Size}/") }) { Parts = rule };
            await copy.RunAsync(_ => { }, _ => { }, CancellationToken.None);
        }
        using var s3 = new S3Client(connection, 1);
        var upload = new PartedCopy(s3, new(new("sailjada.com", "index.html"), "0", new("jada-uploads", "never")), 1, parts, new(1));
        Assert.Equal(412, (await Assert.ThrowsAsync<ServiceException>(() => upload.RunAsync(CancellationToken.None))).StatusCode);
        Assert.Empty(await s3.DeleteAsync("jada-uploads", ["copies/index.html", "copies/\u0001"], CancellationToken.None));
    }

    private static async Task CompareAsync(AwsConnection connection)
    {
        EstateSite site = new() { Name = "salejada.com", Staging = [new() { Production = new("salejada.com"), Staging = new("salejada.com", "_staging/") }] };
        using var comparison = new StagingComparison(connection, new() { Sites = [site], WithMetadata = true });
        await foreach (var _ in comparison.CompareAsync(_ => { }, _ => { }, CancellationToken.None)) { }
        var distribution = (await new EstateInventory(connection).ListAsync(["cloudfront"], _ => { }, CancellationToken.None).FirstAsync(resource => resource.Kind == "distribution")).Id;
        await new InvalidationRun(connection).RunAsync(distribution, ["/index.html", "/"], TimeSpan.FromSeconds(1), _ => { }, CancellationToken.None);
    }

    /// <summary>Captures each resource by a layer that has not listed it, and so has to ask for what a list would have said.</summary>
    private static async Task AskWithoutListsAsync(AwsConnection connection)
    {
        List<Resource> resources = [];
        await foreach (var resource in new EstateInventory(connection).ListAsync(["apigateway"], _ => { }, CancellationToken.None)) resources.Add(resource);
        using var context = new LayerContext(connection, new(), _ => { });
        foreach (var resource in resources)
            await LayerCatalog.Create(context, [resource.Layer]).Single().CaptureAsync(resource, new DocumentSink("", _ => true, (_, _, _) => { }), CancellationToken.None);
    }

    private static string Form(ISandboxService service, SandboxRequest request) =>
        $"{service.Name} {request.Operation} {string.Join('&', request.Query.Select(parameter => parameter.Key))} {string.Join(',', request.Headers.Keys)} {(request.Body.Length > 0 ? Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(request.Body.Span)) : "")}";

    private static string ToLine(ISandboxService service, SandboxRequest request) => JsonSerializer.Serialize(new
    {
        service = service.Name,
        operation = request.Operation,
        method = request.Method,
        path = request.RawPath,
        query = request.Query.Select(parameter => new[] { parameter.Key, parameter.Value }),
        headers = request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()),
        bodyBase64 = Convert.ToBase64String(request.Body.Span),
    });
}
