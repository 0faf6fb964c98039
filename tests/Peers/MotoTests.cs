using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Capture;
using Xunit;

namespace JadaSnapshot.Peers.Tests;

/// <summary>The layers against a service that is not ours. What moto is known to get wrong is not asserted.</summary>
public sealed class MotoTests
{
    private static readonly string[] NotAtMoto = ["DescribeKinesisStreamingDestination", "ListContributorInsights", "ListReceiptFilters"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_estate_at_moto_is_captured_as_boto3_sees_it()
    {
        await using var moto = await MotoServer.StartAsync(Cancel);
        var made = await Tool.RunAsync("python3", [Path.Combine(AppContext.BaseDirectory, "moto_estate.py")], moto.Environment, null, Cancel);
        Assert.True(made.Code == 0, made.Error);
        var seen = JsonElement.Parse(made.Output);

        using var store = new TemporaryStore();
        using var connection = AwsConnection.Open(new() { EndpointUrl = moto.Endpoint, AccessKey = "moto", SecretKey = "moto-secret", Region = "us-west-2", UseBudgets = false });
        var problems = new ConcurrentQueue<Problem>();
        var snapshot = await new CaptureRun(connection, new() { Store = store.Path, Name = "v1.0", ThrottleLimit = 4 }).RunAsync(problems.Enqueue, Cancel);

        // moto hands out links to code that lead nowhere. What it lacks it answers without a word, or fails; the rest it must understand.
        Assert.All(problems, problem => Assert.True(problem.Layer == "lambda" || problem.ErrorCode is "Http404" or "Http500" or "Http501" || NotAtMoto.Contains(problem.Operation), $"{problem}"));
        Assert.Equal(VerificationResult.Incomplete, (await SnapshotVerifier.VerifyAsync(snapshot.Path, null, Cancel)).Result);
        await AssertObjectsAsync(snapshot.Path, seen.GetProperty("objects"));
        AssertZone(snapshot.Path, seen);
        AssertCertificateAndMail(snapshot.Path, seen.GetProperty("certificate"));
        var table = Json(snapshot.Path, "aws-configs/dynamodb/us-west-2/bookings/table.json").GetProperty("Table");
        Assert.Equal(seen.GetProperty("keySchema").ToString().Replace(" ", ""), table.GetProperty("KeySchema").ToString().Replace(" ", ""));
        Assert.True(File.Exists(Path.Combine(snapshot.Path, $"aws-configs/cloudfront/distributions/{seen.GetProperty("distribution").GetString()}/distribution.xml")));
        var function = Json(snapshot.Path, "lambda-functions/release/us-west-2/function.json").GetProperty("Configuration");
        Assert.StartsWith("jada:hmac-sha256:", function.GetProperty("Environment").GetProperty("Variables").GetProperty("TOKEN").GetString(), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(snapshot.Path, "lambda-functions/release/us-west-2/policy.json")));
    }

    private static async Task AssertObjectsAsync(string snapshot, JsonElement objects)
    {
        var expected = objects.EnumerateObject().ToDictionary(each => each.Name, each => each.Value);
        await foreach (var entry in SnapshotReader.ReadManifestAsync(snapshot))
        {
            if (entry.Object is not { } record) continue;
            Assert.True(expected.Remove($"{entry.Path.Split('/')[1]}/{record.Key}", out var seen), record.Key);
            Assert.Equal(seen.GetProperty("sha256").GetString(), entry.Sha256);
            Assert.Equal(seen.GetProperty("etag").GetString(), record.ETag);
            // That of two parts was confirmed by where moto says that they end.
            Assert.Null(record.Unverified);
            Assert.Equal(seen.GetProperty("type").GetString(), record.Headers!["content-type"]);
            if (record.Key == "index.html" && entry.Path.Contains("sailjada.com", StringComparison.Ordinal)) Assert.Equal("live", record.Tags!["stage"]);
            else if (record.Key == "a b") Assert.Equal("jada", record.Metadata!["owner"]);
        }
        Assert.Empty(expected);
    }

    private static void AssertZone(string snapshot, JsonElement seen)
    {
        var folder = Path.Combine(snapshot, "aws-configs/route53/sailjada.com", seen.GetProperty("zone").GetString()!);
        var sets = Directory.EnumerateFiles(folder, "record-sets-*.xml")
            .SelectMany(file => XElement.Load(file).Descendants().Where(element => element.Name.LocalName == "ResourceRecordSet"));
        Assert.Equal(seen.GetProperty("recordSets").GetInt32(), sets.Count());
    }

    private static void AssertCertificateAndMail(string snapshot, JsonElement certificate)
    {
        var folder = $"aws-configs/acm/us-west-2/sailjada.com/{certificate.GetProperty("id").GetString()}/";
        Assert.Equal(certificate.GetProperty("pem").GetString(), File.ReadAllText(Path.Combine(snapshot, folder, "certificate.pem")));
        Assert.Equal(["*.sailjada.com", "sailjada.com"], Json(snapshot, folder + "certificate.json").GetProperty("Certificate").GetProperty("SubjectAlternativeNames").EnumerateArray().Select(name => name.GetString()).Order(StringComparer.Ordinal));
        Assert.Equal("b", Json(snapshot, folder + "tags.json").GetProperty("Tags")[0].GetProperty("Value").GetString());

        const string mail = "aws-configs/ses/us-west-2/";
        Assert.Equal("EMAIL_ADDRESS", Json(snapshot, mail + "identities/crew+all@sailjada.com/identity.json").GetProperty("IdentityType").GetString());
        Assert.Contains("<key>crew+all@sailjada.com</key>", File.ReadAllText(Path.Combine(snapshot, mail, "identities/crew+all@sailjada.com/notifications.xml")), StringComparison.Ordinal);
        Assert.Equal("letters", Json(snapshot, mail + "configuration-sets/letters/configuration-set.json").GetProperty("ConfigurationSetName").GetString());
        Assert.Contains("<Scope>RuleSet</Scope>", File.ReadAllText(Path.Combine(snapshot, mail, "receipt-rule-sets/inbound/receipt-rule-set.xml")), StringComparison.Ordinal);
    }

    private static JsonElement Json(string snapshot, string path) => JsonElement.Parse(Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(snapshot, path))));
}
