using JadaSnapshot.Engine.Wire;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Recovery;

public sealed class SecretsRestoreTests : RestoreTest
{
    [Fact]
    public async Task What_is_missing_is_named_with_what_to_do_and_made_where_its_value_is_given()
    {
        await using var host = await EmptyAsync();
        await SecretsWorld.MakeAsync(host);
        var snapshot = await SnapshotAsync(host, "secrets");
        await using var target = await EmptyAsync(OtherAccount);

        var plan = await PlanAsync(target, snapshot);
        Assert.All(plan, step => Assert.Equal(RestoreAction.Cannot, step.Action));
        Assert.Contains(plan, step => step.Reason.Contains("aws secretsmanager create-secret --name prod/stripe", StringComparison.Ordinal));
        Assert.Contains(plan, step => step.Reason.Contains("aws ssm put-parameter --name /jada/token --type SecureString", StringComparison.Ordinal));

        await RestoreWhollyAsync(target, snapshot, asked => asked with { SecretValues = new Dictionary<string, string> { ["prod/stripe"] = "sk_live", ["prod/rotated"] = "x", ["/jada/token"] = "tw" } });
        Assert.Equal("sk_live", (await SecretsWorld.SecretAsync(target, "GetSecretValue", ("SecretId", "prod/stripe"))).Json().Text("SecretString"));
        Assert.Equal("tw", (await SecretsWorld.ParameterAsync(target, "GetParameter", json => json.WriteString("Name", "/jada/token"), withDecryption: true)).Json().Member("Parameter").Text("Value"));
    }

    [Fact]
    public async Task Settings_are_put_back_and_values_stay()
    {
        await using var host = await EmptyAsync();
        await SecretsWorld.MakeAsync(host);
        var snapshot = await SnapshotAsync(host, "secrets");
        await SecretsWorld.ChangeAsync(host);

        Assert.Equal(["policy.json", "secret.json", "tags.json"], (await PlanAsync(host, snapshot)).SelectMany(step => step.Changes).Select(change => change.Document).Distinct().Order(StringComparer.Ordinal));
        await RestoreWhollyAsync(host, snapshot);
        Assert.Equal("sk_new", (await SecretsWorld.SecretAsync(host, "GetSecretValue", ("SecretId", "prod/stripe"))).Json().Text("SecretString"));
        Assert.Equal(SecretsWorld.Policy, (await SecretsWorld.SecretAsync(host, "GetResourcePolicy", ("SecretId", "prod/stripe"))).Json().Text("ResourcePolicy"));
    }
}
