using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Kept;
using JadaSnapshot.Sandbox.Hosting;
using System.Text.Json;
using Xunit;

namespace JadaSnapshot.Peers.Tests;

/// <summary>The commands by hand of a <c>RECOVERY.md</c>, taken out of it and run by a shell with the <c>aws</c> command line.</summary>
public sealed class RunbookTests
{
    private const string Bucket = "jada-cdn-fonts", Function = "weather-poller", Table = "jada-boats", Zone = "jadasailing.com";
    private const string OddKey = "it's $(touch x)/`y`\n\"é\"/..";

    // Ids and times that the services give out, when items were read, and the values that this test gives.
    private static readonly string[] GivenOut = ["manifest-summary", "Table.TableId", "Table.CreationDateTime", "RoleId", "CreateDate", "Environment.Variables"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bucket_a_function_a_zone_and_a_table_that_are_gone_come_back_by_what_RECOVERY_says()
    {
        await PeerTools.RequireAwsAsync();
        await using var sandbox = await SandboxFixture.StartAsync();
        await new AwsCli(sandbox).TextAsync(
            "s3api", "put-object", "--bucket", Bucket, "--key", OddKey, "--content-type", "text/x-odd", "--cache-control", "no-store", "--metadata", "{\"made-by\":\"it's me\"}", "--tagging", "a%20b=c%26d", "--storage-class", "STANDARD_IA");
        using var store = new TemporaryStore();
        using var connection = AwsConnection.Open(new() { EndpointUrl = sandbox.Endpoint, AccessKey = sandbox.AccessKey, SecretKey = sandbox.SecretKey, Region = "us-west-2", UseBudgets = false });
        var order = new CaptureOrder { Store = store.Path, Name = "v1.0", Layers = ["dynamodb", "iam", "lambda", "route53", "s3"], IncludeData = true };
        var snapshot = await new CaptureRun(connection, order).RunAsync(problem => Assert.Fail($"{problem}"), Cancel);
        var runbook = await File.ReadAllLinesAsync(Path.Combine(snapshot.Path, "RECOVERY.md"), Cancel);
        Assert.InRange(new FileInfo(Path.Combine(snapshot.Path, "RECOVERY.md")).Length, 1, 500_000);
        var zone = Path.GetFileName(Directory.GetDirectories(Path.Combine(snapshot.Path, "aws-configs/route53", Zone))[0]);

        await ShellAsync(sandbox, snapshot.Path, $$"""
            aws s3 rm s3://{{Bucket}} --recursive --only-show-errors
            aws lambda delete-function --function-name {{Function}} > /dev/null
            aws iam detach-role-policy --role-name {{Function}}-role --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
            for policy in $(aws iam list-role-policies --role-name {{Function}}-role --query 'PolicyNames[]' --output text); do aws iam delete-role-policy --role-name {{Function}}-role --policy-name $policy; done
            aws iam delete-role --role-name {{Function}}-role
            aws dynamodb delete-table --table-name {{Table}} > /dev/null
            sed 's/"UPSERT"/"DELETE"/' aws-configs/route53/{{Zone}}/{{zone}}/change-batches/0001.json > /tmp/{{zone}}.json
            aws route53 change-resource-record-sets --hosted-zone-id {{zone}} --change-batch file:///tmp/{{zone}}.json > /dev/null
            rm /tmp/{{zone}}.json
            aws route53 delete-hosted-zone --id {{zone}} > /dev/null
            """);

        string[] headings =
        [
            "## Before anything is put back", "## Tables", $"### Table {Table} ", "## Functions", $"### Role {Function}-role", $"### Function {Function} ", "## Buckets", $"### Bucket {Bucket} ", "## Zones", $"### Zone {Zone} ",
        ];
        // What the operator does: write the values that are not in a snapshot. The bucket is there still, and there is no dig.
        var commands = string.Join('\n', headings.SelectMany(heading => BlocksBelow(runbook, heading)))
            .Replace("\":null", "\":\"given\"", StringComparison.Ordinal)
            .Replace("aws s3api create-bucket", ": aws s3api create-bucket", StringComparison.Ordinal);
        var output = await ShellAsync(sandbox, snapshot.Path, "dig() { echo \"asked $*\"; }\n" + commands);

        Assert.Contains("Every file is as it was captured.", output, StringComparison.Ordinal);
        Assert.Contains("This is the account.", output, StringComparison.Ordinal);
        var now = (await new AwsCli(sandbox).JsonAsync("route53", "list-hosted-zones-by-name", "--dns-name", Zone, "--max-items", "1")).GetProperty("HostedZones")[0].GetProperty("Id").GetString()!;
        Assert.DoesNotContain(zone, now, StringComparison.Ordinal);
        Assert.All(await DifferencesAsync(snapshot, connection), difference => Assert.Equal(Zone, difference.Resource));
        Assert.Equal("a b=c&d", string.Join(',', (await new AwsCli(sandbox).JsonAsync("s3api", "get-object-tagging", "--bucket", Bucket, "--key", OddKey)).GetProperty("TagSet").EnumerateArray().Select(tag => $"{tag.GetProperty("Key")}={tag.GetProperty("Value")}")));
        var records = (await new AwsCli(sandbox).JsonAsync("route53", "list-resource-record-sets", "--hosted-zone-id", now)).GetProperty("ResourceRecordSets");
        var kept = await File.ReadAllTextAsync(Path.Combine(snapshot.Path, "aws-configs/route53", Zone, zone, "change-batches/0001.json"), Cancel);
        Assert.Equal(
            JsonElement.Parse(kept.Replace(zone, now[(now.LastIndexOf('/') + 1)..], StringComparison.Ordinal)).GetProperty("Changes").EnumerateArray().Select(change => Words(change.GetProperty("ResourceRecordSet"))).Order(StringComparer.Ordinal),
            records.EnumerateArray().Where(set => set.GetProperty("Name").GetString() != Zone + "." || set.GetProperty("Type").GetString() is not ("NS" or "SOA")).Select(Words).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Objects_that_are_kept_in_S3_come_back_by_what_RECOVERY_says()
    {
        await PeerTools.RequireAwsAsync();
        await using var test = await KeptTest.StartAsync();
        await test.PutAsync(OddKey, "odd", new("content-type", "text/x-odd"), new("x-amz-meta-made-by", "it's me"), new("x-amz-tagging", "a%20b=c%26d"), new("x-amz-storage-class", "STANDARD_IA"));
        await test.PutAsync("plain", "plain");
        var snapshot = await test.CaptureAsync("v1.0");
        await test.Test.EmptyAsync("site");
        var runbook = await File.ReadAllLinesAsync(Path.Combine(snapshot.Path, "RECOVERY.md"), Cancel);
        string[] headings = ["## Before anything is put back", "## Buckets", "### Bucket site "];
        var commands = string.Join('\n', headings.SelectMany(heading => BlocksBelow(runbook, heading))).Replace("aws s3api create-bucket", ": aws s3api create-bucket", StringComparison.Ordinal);

        Assert.Contains("site is back.", await ShellAsync(test.Test.Host, snapshot.Path, commands), StringComparison.Ordinal);
        Assert.Equal([OddKey, "plain"], await test.Test.KeysAsync("site"));
        Assert.Empty(await DifferencesAsync(snapshot, test.Test.Connection));
    }

    private static string Words(JsonElement set) => string.Join(' ', set.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal)
        .Select(member => JsonSerializer.Serialize(member.Value)).Select(value => value.Replace(" ", "", StringComparison.Ordinal)));

    private static async Task<List<Difference>> DifferencesAsync(Snapshot snapshot, AwsConnection connection)
    {
        using var comparison = await Engine.Compare.SnapshotComparison.LiveAsync(SnapshotFiles.OnDisk(snapshot), connection, new() { IncludeData = true }, [], problem => Assert.Fail($"{problem}"), Cancel);
        List<Difference> differences = [];
        await foreach (var difference in comparison.CompareAsync(Cancel)) differences.Add(difference);
        return [.. differences.Where(difference => !GivenOut.Any(end => $"{difference.Key} {difference.Path}".Contains(end, StringComparison.Ordinal)))];
    }

    private static IEnumerable<string> BlocksBelow(IReadOnlyList<string> runbook, string heading)
    {
        var start = runbook.Index().First(line => line.Item.StartsWith(heading, StringComparison.Ordinal)).Index + 1;
        string? kind = null;
        foreach (var line in runbook.Skip(start))
        {
            if (kind is null && line.StartsWith('#')) yield break;
            if (line.StartsWith("```", StringComparison.Ordinal)) kind = kind is null ? line[3..] : null;
            else if (kind == "sh") yield return line;
        }
    }

    private static async Task<string> ShellAsync(SandboxHost sandbox, string folder, string commands)
    {
        var result = await Tool.RunAsync("bash", ["-euo", "pipefail", "-c", commands], SandboxFixture.EnvironmentOf(sandbox), null, Cancel, folder);
        Assert.True(result.Code == 0, $"{result.Error}\n{result.Output}");
        return result.Output;
    }
}
