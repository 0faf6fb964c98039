using System.Text;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.SandboxServices;
using JadaSnapshot.Sandbox.Estate;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

/// <summary>What is said of variables and secrets without saying them, on an estate with one more function that refers to all kinds of things.</summary>
public sealed class ManifestTests(ManifestTests.Captured captured) : IClassFixture<ManifestTests.Captured>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public sealed class Captured : EstateFixture, IAsyncLifetime
    {
        internal TemporaryStore Store { get; } = new();
        internal JsonElement Environment => Manifest("v1.0", "aws-configs/lambda/environment-manifest.json");
        internal JsonElement Secrets => Manifest("v1.0", "aws-configs/secrets-manifest.json");
        internal JsonElement Secret { get; private set; }

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            Secret = JsonElement.Parse(await CallAsync("secretsmanager", "DescribeSecret", $$"""{"SecretId":"{{SecretName}}"}"""));
            var variables = JsonSerializer.Serialize(new Dictionary<string, string>
            {
                ["SECRET_ARN"] = Secret.GetProperty("ARN").GetString()!,
                ["SECRET_ARN_SHORT"] = Secret.GetProperty("ARN").GetString()![..^7],
                ["SECRET_NAME"] = SecretName,
                ["PARAMETER"] = "/jada/release/channel",
                ["RESOLVED"] = "{{resolve:ssm:/jada/weather/station:1}}",
                ["TABLE_ARN"] = "arn:aws:dynamodb:us-west-2:782785212866:table/jada-bookings/index/by-day",
                ["SITE"] = "https://sailjada.com/book?token=planted-token",
                ["BUCKET_URL"] = "s3://jada-dashboard",
                ["SHARED"] = "planted-shared",
                ["SHARED_TOO"] = "planted-shared",
                ["STRANGER"] = "arn:aws:dynamodb:us-west-2:210987654321:table/jada-bookings",
            });
            await new InProcessCaller(Host.World).CallAsync("lambda", "us-west-2", "POST", "/2015-03-31/functions", [], [], Encoding.UTF8.GetBytes(
                $$$"""{"FunctionName":"referrer","Runtime":"python3.13","Handler":"a.b","Role":"arn:aws:iam::782785212866:role/service-role/tide-table-role","Code":{"ZipFile":"{{{Convert.ToBase64String(TestWorld.Zip("x"))}}}"},"Environment":{"Variables":{{{variables}}}}}"""), Cancel);
            await RunAsync("v1.0", Cancel);
        }

        async ValueTask IAsyncDisposable.DisposeAsync()
        {
            Store.Dispose();
            await DisposeAsync();
        }

        internal JsonElement Manifest(string snapshot, string path) => JsonElement.Parse(File.ReadAllBytes(Path.Combine(Store.Path, snapshot, path)));

        internal async Task RunAsync(string name, CancellationToken cancel)
        {
            using var connection = AwsConnection.Open(Options);
            await new CaptureRun(connection, new() { Store = Store.Path, Name = name }).RunAsync(problem => Assert.Fail($"{problem}"), cancel);
        }

        private async Task<byte[]> CallAsync(string service, string operation, string body) => (await new InProcessCaller(Host.World).CallAsync(
            service, "us-west-2", "POST", "/", [], [new("X-Amz-Target", $"{service}.{operation}")], Encoding.UTF8.GetBytes(body), Cancel)).Body.ToArray();
    }

    private static string SecretName => EstateSecrets.Stored.First(secret => secret.Region == EstateNames.West).Name;

    [Theory]
    [InlineData("SECRET_ARN", "arn", "secrets secret")]
    [InlineData("SECRET_ARN_SHORT", "arn", "secrets secret")]
    [InlineData("SECRET_NAME", "name", "secrets secret")]
    [InlineData("PARAMETER", "name", "secrets parameter /jada/release/channel")]
    [InlineData("RESOLVED", "dynamic-reference", "secrets parameter /jada/weather/station")]
    [InlineData("TABLE_ARN", "arn", "dynamodb table jada-bookings")]
    [InlineData("BUCKET_URL", "url", "s3 bucket jada-dashboard")]
    [InlineData("STRANGER", "arn", null)]
    [InlineData("SHARED", null, null)]
    public void A_variable_says_what_it_speaks_of(string variable, string? looksLike, string? refersTo)
    {
        var found = Variable("referrer", variable);
        Assert.Equal(looksLike, found.TryGetProperty("looksLike", out var shape) ? shape.GetString() : null);
        var targets = found.TryGetProperty("refersTo", out var all) ? all.EnumerateArray().Select(each => $"{each.GetProperty("layer")} {each.GetProperty("kind")} {each.GetProperty("name")}").ToList() : [];
        if (refersTo is null) Assert.Empty(targets);
        else Assert.StartsWith(refersTo, Assert.Single(targets), StringComparison.Ordinal);
    }

    [Fact]
    public void A_site_is_found_by_the_host_of_its_address()
    {
        var site = Variable("referrer", "SITE");
        Assert.Equal("https://sailjada.com", site.GetProperty("reference").GetString());
        Assert.Contains("hosted-zone", site.GetProperty("refersTo").EnumerateArray().Select(each => each.GetProperty("kind").GetString()));
    }

    [Fact]
    public void The_estate_s_own_variables_lead_to_its_tables_and_buckets()
    {
        Assert.Equal("jada-bookings", Variable("booking-webhook", "TABLE").GetProperty("refersTo")[0].GetProperty("name").GetString());
        Assert.Equal("bucket", Variable("update-dashboard", "BUCKET").GetProperty("refersTo")[0].GetProperty("kind").GetString());
        Assert.Equal(["$LATEST", "1", "2"], Variable("booking-webhook", "TABLE").GetProperty("versions").EnumerateArray().Select(version => version.GetString()));
    }

    [Fact]
    public void Equal_values_are_named_with_everyone_who_has_them()
    {
        var shared = captured.Environment.GetProperty("sharedValues").EnumerateArray()
            .Select(value => value.GetProperty("usedBy").EnumerateArray().Select(place => $"{place.GetProperty("function")}/{place.GetProperty("variable")}").ToList()).ToList();
        Assert.Contains(["referrer/SHARED", "referrer/SHARED_TOO"], shared);
        Assert.Contains(["booking-webhook/TABLE", "stripe-webhook/TABLE"], shared);
        Assert.DoesNotContain(shared, places => places.Count < 2);
    }

    [Fact]
    public void Each_variable_names_the_functions_that_have_it()
    {
        var table = captured.Environment.GetProperty("variables").EnumerateArray().Single(variable => variable.GetProperty("name").GetString() == "TABLE");
        Assert.Contains("ticket-scanner", table.GetProperty("functions").EnumerateArray().Select(function => function.GetProperty("function").GetString()));
    }

    [Fact]
    public void The_secrets_manifest_names_every_secret_and_parameter_and_who_refers_to_it()
    {
        var secrets = captured.Secrets;
        Assert.Equal((EstateCounts.Secrets, EstateCounts.Parameters), (secrets.GetProperty("secrets").GetArrayLength(), secrets.GetProperty("parameters").GetArrayLength()));
        var secret = secrets.GetProperty("secrets").EnumerateArray().Single(each => each.GetProperty("arn").GetString() == captured.Secret.GetProperty("ARN").GetString());
        Assert.Equal(["SECRET_ARN", "SECRET_ARN_SHORT", "SECRET_NAME"], secret.GetProperty("referredToBy").EnumerateArray().Where(place => place.GetProperty("function").GetString() == "referrer").Select(place => place.GetProperty("variable").GetString()));
        var station = secrets.GetProperty("parameters").EnumerateArray().Single(each => each.GetProperty("name").GetString() == "/jada/weather/station");
        Assert.Equal("RESOLVED", station.GetProperty("referredToBy")[0].GetProperty("variable").GetString());
        Assert.Equal("Standard", station.GetProperty("tier").GetString());
    }

    [Fact]
    public void No_value_is_in_either_of_them()
    {
        foreach (var file in (string[])["aws-configs/lambda/environment-manifest.json", "aws-configs/secrets-manifest.json"])
            Assert.DoesNotContain("planted", File.ReadAllText(Path.Combine(captured.Store.Path, "v1.0", file)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_value_of_a_secret_or_a_parameter_is_ever_asked_for()
    {
        using var connection = AwsConnection.Open(captured.Options);
        using var store = new TemporaryStore();
        await new CaptureRun(connection, new() { Store = store.Path, Name = "v1.0", Layers = ["secrets"] }).RunAsync(problem => Assert.Fail($"{problem}"), Cancel);
        Assert.Equal(
            ["DescribeParameters", "DescribeSecret", "GetCallerIdentity", "GetResourcePolicy", "ListSecrets", "ListTagsForResource"],
            connection.Calls.Counts.Select(call => call.Operation).Distinct().Order(StringComparer.Ordinal));
        Assert.False(File.Exists(Path.Combine(store.Path, "v1.0/aws-configs/lambda/environment-manifest.json")));
    }

    [Fact]
    public async Task A_run_that_is_interrupted_and_continued_ends_with_the_same_manifests()
    {
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var connection = AwsConnection.Open(captured.Options);
        var run = new CaptureRun(connection, new() { Store = captured.Store.Path, Name = "v1.1" });
        var interrupted = run.RunAsync(_ => { }, interruption.Token);
        var lambda = run.Progress.Single(layer => layer.Layer == "lambda");
        while (lambda.ResourcesDone < EstateCounts.Functions / 2 && !interrupted.IsCompleted) await Task.Delay(1, Cancel);
        await interruption.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => interrupted);

        await captured.RunAsync("v1.1", Cancel);

        foreach (var path in (string[])["aws-configs/lambda/environment-manifest.json", "aws-configs/secrets-manifest.json"])
            Assert.Equal(captured.Manifest("v1.0", path).GetRawText(), captured.Manifest("v1.1", path).GetRawText());
    }

    private JsonElement Variable(string function, string name) => captured.Environment.GetProperty("functions").EnumerateArray()
        .Single(each => each.GetProperty("function").GetString() == function).GetProperty("variables").EnumerateArray()
        .Single(each => each.GetProperty("name").GetString() == name);
}
