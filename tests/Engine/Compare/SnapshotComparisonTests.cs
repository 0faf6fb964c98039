using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Layers;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Compare;

/// <summary>One snapshot of the estate, held against itself, against the estate as it was left, and against what was done to it since.</summary>
public sealed class SnapshotComparisonTests(SnapshotComparisonTests.Fixture estate) : LayerTest, IClassFixture<SnapshotComparisonTests.Fixture>
{
    [Fact]
    public async Task What_was_planted_since_is_found_all_of_it_and_nothing_else()
    {
        await using var own = new Fixture();
        await ((IAsyncLifetime)own).InitializeAsync();
        await own.ChangeAsync();

        var differences = await own.CompareLiveAsync([], Problems.Enqueue);

        Assert.Empty(Problems);
        Assert.Equal(
            [
                "cloudfront Configuration distribution.xml DistributionConfig.Comment: staging: www.sailjada.com → pier",
                "dynamodb Configuration table.json Table.DeletionProtectionEnabled: false → true",
                "lambda Configuration function.json Configuration.Environment.Variables.ADDED: new",
                "route53 Configuration record-sets.xml ResourceRecordSets.ResourceRecordSet[sailjada.com. MX].TTL: 3600 → 60",
                "route53 OnlyInOther hosted-zone: only in live",
                "s3 Content index.html: 21 bytes, not",
                "s3 Metadata pricing.html cache-control: max-age=300, must-revalidate → no-store",
                "s3 Metadata pricing.html x-amz-meta-release: gone",
                "s3 OnlyInOther new.html: only in live",
                "s3 OnlyInReference contact.html: only in v1.0",
            ],
            differences.Select(Words).Order(StringComparer.Ordinal));
        Assert.StartsWith("jada:hmac-sha256:", Assert.Single(differences, difference => difference.Layer == "lambda").Other!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_downloaded_that_a_listing_decides()
    {
        estate.Host.Requests.Clear();
        Assert.Empty(await estate.CompareLiveAsync(["s3"], Problems.Enqueue));

        Assert.Empty(Problems);
        Assert.Equal(0, estate.Host.Requests.Count("s3", "GetObject") + estate.Host.Requests.Count("s3", "HeadObject"));
        Assert.InRange(estate.Host.Requests.Count("s3", "ListObjectsV2"), 46, 48);
    }

    [Fact]
    public async Task A_layer_that_cannot_be_listed_and_a_document_that_is_denied_are_problems_and_no_differences()
    {
        estate.Host.Faults.Add(Fault.Parse("service=dynamodb,operation=ListTables,kind=deny"));
        estate.Host.Faults.Add(Fault.Parse("service=s3,operation=GetBucketTagging,kind=deny"));
        estate.Host.Faults.Add(Fault.Parse("service=s3,operation=ListObjectsV2,match=/sailjada.com,kind=deny"));
        try
        {
            Assert.Empty(await estate.CompareLiveAsync(["dynamodb", "s3"], Problems.Enqueue));
            Assert.Contains(Problems, problem => problem.Operation == "ListTables");
            Assert.Contains(Problems, problem => problem.Operation == "GetBucketTagging");
            Assert.Contains(Problems, problem => problem is { Operation: "ListObjectsV2", Resource: "sailjada.com" });
        }
        finally
        {
            estate.Host.Faults.Clear();
        }
    }

    [Fact]
    public async Task Two_snapshots_of_the_same_are_equal_and_the_counts_say_of_how_much()
    {
        using var comparison = SnapshotComparison.Of(SnapshotFiles.OnDisk(estate.Snapshot), SnapshotFiles.OnDisk(estate.Snapshot), [], Problems.Enqueue);

        Assert.Empty(await comparison.CompareAsync(Cancel).ToListAsync(Cancel));
        Assert.All(comparison.Summaries, layer => Assert.True(layer.IsEqual));
        Assert.Equal(estate.Snapshot.Layers.Where(layer => layer.Name != "snapshot").Select(layer => layer.Name), comparison.Summaries.Select(layer => layer.Layer));
        Assert.Equal(46, comparison.Summaries.Single(layer => layer.Layer == "s3").ResourceCount);
    }

    [Fact]
    public async Task A_snapshot_of_another_account_and_one_that_is_not_finished_are_refused()
    {
        using var connection = AwsConnection.Open(estate.Options);
        var other = await Assert.ThrowsAsync<StoreException>(() => SnapshotComparison.LiveAsync(SnapshotFiles.OnDisk(estate.Snapshot with { Account = "1" }), connection, new(), [], Problems.Enqueue, Cancel));
        Assert.Equal(StoreFault.OtherAccount, other.Fault);
        Assert.Throws<StoreException>(() => SnapshotComparison.Of(SnapshotFiles.OnDisk(estate.Snapshot), SnapshotFiles.OnDisk(estate.Snapshot with { Status = SnapshotStatus.Unfinished }), [], Problems.Enqueue));
    }

    private static string Words(Difference difference) =>
        $"{difference.Layer} {difference.Kind} {difference.Key ?? difference.ResourceKind}{(difference.Path is null ? "" : " " + difference.Path)}: "
        + (difference is { Reference.Value: { } was, Other.Value: { } now } ? $"{was} → {now}" : difference.Kind == DifferenceKind.Content ? difference.Reason[..13] : difference.Reason.Split(' ')[^1] == "gone" ? "gone" : difference.Reason);

    public sealed class Fixture : EstateFixture, IAsyncLifetime
    {
        private readonly TemporaryStore _store = new();

        public Snapshot Snapshot { get; private set; } = null!;

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            using var connection = AwsConnection.Open(Options);
            Snapshot = await new CaptureRun(connection, new() { Store = _store.Path, Name = "v1.0" }).RunAsync(problem => Assert.Fail($"{problem}"), CancellationToken.None);
        }

        async ValueTask IAsyncDisposable.DisposeAsync()
        {
            await DisposeAsync();
            _store.Dispose();
        }

        public async Task<List<Difference>> CompareLiveAsync(string[] layers, Action<Problem> onProblem)
        {
            using var connection = AwsConnection.Open(Options);
            using var comparison = await SnapshotComparison.LiveAsync(SnapshotFiles.OnDisk(Snapshot), connection, new(), layers, onProblem, Cancel);
            return await comparison.CompareAsync(Cancel).ToListAsync(Cancel);
        }

        /// <summary>Does to the estate what people do.</summary>
        public async Task ChangeAsync()
        {
            await ObjectAsync("PUT", "index.html", "<h1>Another page</h1>"u8.ToArray());
            await ObjectAsync("PUT", "new.html", "<h1>New</h1>"u8.ToArray());
            await ObjectAsync("PUT", "pricing.html", await File.ReadAllBytesAsync(Path.Combine(Snapshot.Path, "s3-buckets/sailjada.com/pricing.html"), Cancel), ("Cache-Control", "no-store"));
            await ObjectAsync("DELETE", "contact.html", []);
            await RecordAsync();
            await CallAsync("route53", "POST", "/2013-04-01/hostedzone", """<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>new.example</Name><CallerReference>1</CallerReference></CreateHostedZoneRequest>""");
            await FunctionAsync();
            await CallAsync("dynamodb", "POST", "/", """{"TableName":"jada-boats","DeletionProtectionEnabled":true}""", ("X-Amz-Target", "DynamoDB_20120810.UpdateTable"));
            await DistributionAsync();
        }

        private async Task RecordAsync()
        {
            var zone = Path.GetFileName(Directory.GetDirectories(Path.Combine(Snapshot.Path, "aws-configs/route53/sailjada.com"))[0]);
            var records = XElement.Load(Path.Combine(Snapshot.Path, $"aws-configs/route53/sailjada.com/{zone}/record-sets-0001.xml"));
            var mail = records.Descendants().First(element => element.Name.LocalName == "ResourceRecordSet" && element.Elements().Any(child => child.Value == "MX"));
            mail.Elements().Single(child => child.Name.LocalName == "TTL").Value = "60";
            await CallAsync("route53", "POST", $"/2013-04-01/hostedzone/{zone}/rrset", $"""<ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><ChangeBatch><Changes><Change><Action>UPSERT</Action>{mail}</Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>""");
        }

        private async Task FunctionAsync()
        {
            const string Configuration = "/2015-03-31/functions/contact-form/configuration";
            var function = JsonNode.Parse((await CallAsync("lambda", "GET", Configuration, "")).Body.Span)!;
            function["Environment"]!["Variables"]!["ADDED"] = "planted";
            await CallAsync("lambda", "PUT", Configuration, new JsonObject { ["Environment"] = function["Environment"]!.DeepClone() }.ToJsonString());
        }

        private async Task DistributionAsync()
        {
            var id = Path.GetFileName(Directory.GetDirectories(Path.Combine(Snapshot.Path, "aws-configs/cloudfront/distributions")).Order(StringComparer.Ordinal).First());
            var answer = await CallAsync("cloudfront", "GET", $"/2020-05-31/distribution/{id}/config", "");
            var config = XElement.Parse(Encoding.UTF8.GetString(answer.Body.Span));
            config.Elements().Single(child => child.Name.LocalName == "Comment").Value = "pier";
            await CallAsync("cloudfront", "PUT", $"/2020-05-31/distribution/{id}/config", config.ToString(), ("If-Match", answer.Headers.First(header => header.Key == "ETag").Value));
        }

        private Task<SandboxResponse> ObjectAsync(string method, string key, byte[] body, params (string Name, string Value)[] headers) =>
            CallAsync("s3", method, $"/sailjada.com/{key}", body, [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", $"{body.Length}"), .. headers]);

        private Task<SandboxResponse> CallAsync(string service, string method, string path, string body, params (string Name, string Value)[] headers) =>
            CallAsync(service, method, path, Encoding.UTF8.GetBytes(body), headers);

        private async Task<SandboxResponse> CallAsync(string service, string method, string path, byte[] body, (string Name, string Value)[] headers) =>
            await new InProcessCaller(Host.World).CallAsync(service, "us-west-2", method, path, [], [.. headers.Select(header => KeyValuePair.Create(header.Name, header.Value))], body, Cancel);
    }
}
