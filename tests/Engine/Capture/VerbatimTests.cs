using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Layers.ApiGateway;
using JadaSnapshot.Engine.Layers.Lambda;
using JadaSnapshot.Engine.Secrets;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Capture;

public sealed partial class VerbatimTests
{
    // What no service sends: it is made from what they sent.
    private static readonly string[] Derived = ["versions.jsonl", "certificate.pem", "chain.pem", "create-table.json", "zone.txt", "zone-losses.jsonl", ApiDocuments.CustomDomains, EnvironmentDocument.Name];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_document_of_a_snapshot_is_an_answer_byte_for_byte_secrets_and_links_apart()
    {
        var answers = new Answers();
        await using var sandbox = await SandboxHost.StartAsync(new() { Budgets = false, OnAnswer = (_, _, answer) => answers.Add(answer.Body) }, Cancel);
        using var store = new TemporaryStore();
        using var recipient = Recipient();
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(sandbox));
        var snapshot = await new CaptureRun(connection, new() { Store = store.Path, Name = "v1.0", Sealers = [new CertificateSealer([recipient])] }).RunAsync(_ => { }, Cancel);

        HashSet<string> layers = [];
        List<string> strangers = [];
        await foreach (var entry in SnapshotReader.ReadManifestAsync(snapshot.Path))
        {
            if (entry.Object is not null || entry.Layer == SnapshotLayout.OwnLayer || entry.Path.EndsWith(".cms", StringComparison.Ordinal) || Derived.Contains(Path.GetFileName(entry.Path)) || entry.Path.Contains("/change-batches/", StringComparison.Ordinal)) continue;
            var path = Path.Combine(snapshot.Path, entry.Path);
            var sent = File.Exists(path + ".cms") ? CertificateSealer.Open(await File.ReadAllBytesAsync(path + ".cms", Cancel), [recipient]) : await File.ReadAllBytesAsync(path, Cancel);
            if (!answers.Hold(sent)) strangers.Add(entry.Path);
            layers.Add(entry.Layer);
        }
        Assert.True(strangers.Count == 0, string.Join('\n', strangers));
        Assert.Equal(snapshot.Layers.Where(layer => layer.ResourceCount > 0).Select(layer => layer.Name), layers.Order(StringComparer.Ordinal));
    }

    private static X509Certificate2 Recipient()
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest("CN=recipient", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
    }

    /// <summary>What the services sent, with and without download links.</summary>
    private sealed class Answers
    {
        private readonly ConcurrentDictionary<string, byte[]> _bodies = new();

        public void Add(ReadOnlyMemory<byte> body)
        {
            _bodies[Digest(body.Span)] = body.ToArray();
            var text = Encoding.UTF8.GetString(body.Span);
            if (!text.Contains("/_links/", StringComparison.Ordinal)) return;
            var bare = Encoding.UTF8.GetBytes(Link().Replace(text, $"\"{FunctionDocument.LinkRemoved}\""));
            _bodies[Digest(bare)] = bare;
        }

        /// <summary>Whether a document is one of them, an item of a list as it stands there, or gathered from such items.</summary>
        public bool Hold(byte[] document) => _bodies.ContainsKey(Digest(document)) || HoldPiece(document) || IsGathered(document);

        private bool HoldPiece(byte[] piece) => _bodies.Values.Any(body => body.AsSpan().IndexOf(piece) >= 0);

        private bool IsGathered(byte[] document)
        {
            if (document is not [(byte)'{', ..]) return false;
            var lists = JsonElement.Parse(document).EnumerateObject().Select(member => member.Value).ToList();
            return lists.All(list => list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(item => HoldPiece(Encoding.UTF8.GetBytes(item.GetRawText()))));
        }

        private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes));
    }

    [GeneratedRegex("\"http://[^\"]*/_links/[^\"]*\"")]
    private static partial Regex Link();
}
