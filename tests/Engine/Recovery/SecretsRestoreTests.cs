using JadaSnapshot.Engine.Layers.Secrets;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Recovery;

public sealed class SecretsRestoreTests : RestoreTest
{
    private const string Policy = """{"Version":"2012-10-17","Statement":[]}""";

    [Fact]
    public async Task What_is_missing_is_named_with_what_to_do_and_made_where_its_value_is_given()
    {
        await using var host = await EmptyAsync();
        await MakeAsync(host);
        var snapshot = await SnapshotAsync(host, "secrets");
        await using var target = await EmptyAsync(Elsewhere);

        var plan = await PlanAsync(target, snapshot);
        Assert.All(plan, step => Assert.Equal(RestoreAction.Cannot, step.Action));
        Assert.Contains(plan, step => step.Reason.Contains("aws secretsmanager create-secret --name prod/stripe", StringComparison.Ordinal));
        Assert.Contains(plan, step => step.Reason.Contains("aws ssm put-parameter --name /jada/token --type SecureString", StringComparison.Ordinal));

        await RestoreWhollyAsync(target, snapshot, asked => asked with { SecretValues = new Dictionary<string, string> { ["prod/stripe"] = "sk_live", ["/jada/token"] = "tw" } });
        Assert.Equal("sk_live", (await SecretAsync(target, "GetSecretValue", ("SecretId", "prod/stripe"))).Json().Text("SecretString"));
        Assert.Equal("tw", (await ParameterAsync(target, "GetParameter", json => json.WriteString("Name", "/jada/token"), withDecryption: true)).Json().Member("Parameter").Text("Value"));
    }

    [Fact]
    public async Task Settings_are_put_back_and_values_stay()
    {
        await using var host = await EmptyAsync();
        await MakeAsync(host);
        var snapshot = await SnapshotAsync(host, "secrets");
        await SecretAsync(host, "UpdateSecret", ("SecretId", "prod/stripe"), ("Description", "Changed"), ("SecretString", "sk_new"));
        await SecretAsync(host, "DeleteResourcePolicy", ("SecretId", "prod/stripe"));
        await CallAsync(host, SecretsLayer.SecretsManager, JsonRequest.Of("UntagResource", json =>
        {
            json.WriteString("SecretId", "prod/stripe");
            json.WriteStartArray("TagKeys");
            json.WriteStringValue("owner");
            json.WriteEndArray();
        }));
        await ParameterAsync(host, "AddTagsToResource", json =>
        {
            json.WriteString("ResourceType", "Parameter");
            json.WriteString("ResourceId", "/jada/token");
            WriteTags(json, "extra");
        });

        Assert.Equal(["policy.json", "secret.json", "tags.json"], (await PlanAsync(host, snapshot)).SelectMany(step => step.Changes).Select(change => change.Document).Distinct().Order(StringComparer.Ordinal));
        await RestoreWhollyAsync(host, snapshot);
        Assert.Equal("sk_new", (await SecretAsync(host, "GetSecretValue", ("SecretId", "prod/stripe"))).Json().Text("SecretString"));
        Assert.Equal(Policy, (await SecretAsync(host, "GetResourcePolicy", ("SecretId", "prod/stripe"))).Json().Text("ResourcePolicy"));
    }

    private static async Task MakeAsync(SandboxHost host)
    {
        await CallAsync(host, SecretsLayer.SecretsManager, JsonRequest.Of("CreateSecret", json =>
        {
            json.WriteString("Name", "prod/stripe");
            json.WriteString("Description", "What it needs");
            json.WriteString("SecretString", "sk_old");
            WriteTags(json, "owner");
        }));
        await SecretAsync(host, "PutResourcePolicy", ("SecretId", "prod/stripe"), ("ResourcePolicy", Policy));
        await ParameterAsync(host, "PutParameter", json =>
        {
            json.WriteString("Name", "/jada/token");
            json.WriteString("Type", "SecureString");
            json.WriteString("Value", "old");
            json.WriteString("Description", "Kept by the crew");
            WriteTags(json, "owner");
        });
    }

    private static void WriteTags(System.Text.Json.Utf8JsonWriter json, string key)
    {
        json.WriteStartArray("Tags");
        json.WriteStartObject();
        json.WriteString("Key", key);
        json.WriteString("Value", "crew");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static Task<WireResponse> SecretAsync(SandboxHost host, string operation, params (string, string?)[] members) => CallAsync(host, SecretsLayer.SecretsManager, JsonRequest.Of(operation, members));

    private static Task<WireResponse> ParameterAsync(SandboxHost host, string operation, Action<System.Text.Json.Utf8JsonWriter> write, bool withDecryption = false) => CallAsync(host, SecretsLayer.Ssm, JsonRequest.Of(operation, json =>
    {
        write(json);
        if (withDecryption) json.WriteBoolean("WithDecryption", true);
    }));
}
