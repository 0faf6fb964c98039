using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.SecretsManager;

internal sealed partial class SecretOperations(SecretsManagerState state)
{
    private const int LongestRecovery = 30;
    private const int ShortestRecovery = 7;

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateSecret", Create);
        operations.Add("DescribeSecret", call => Json11Service.Reply(state.Secret(call).Describe("VersionIdsToStages")));
        operations.Add("GetSecretValue", GetValue);
        operations.Add("UpdateSecret", Update);
        operations.Add("PutSecretValue", PutValue);
        operations.Add("DeleteSecret", Delete);
        operations.Add("RestoreSecret", Restore);
        operations.Add("TagResource", Tag);
        operations.Add("UntagResource", Untag);
    }

    private SandboxResponse Create(Call call)
    {
        var asked = call.Json;
        var name = asked.Need("Name");
        if (!NamePattern().IsMatch(name)) throw SecretsManagerState.BadParameter("Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!");
        var secrets = state.In(call.Region);
        if (secrets.TryGetValue(name, out var known))
            throw known.Deletion is null
                ? new SandboxException(400, "ResourceExistsException", $"The operation failed because the secret {name} already exists.")
                : SecretsManagerState.BadRequest("You can't create this secret because a secret with this name is already scheduled for deletion.");
        var secret = new Secret
        {
            Name = name,
            Arn = $"arn:aws:secretsmanager:{call.Region}:{state.World.Account}:secret:{name}-{state.World.NewId(6, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")}",
            Created = state.World.Now,
            Changed = state.World.Now,
            Description = asked.Text("Description"),
            KmsKeyId = asked.Text("KmsKeyId"),
        };
        TakeValue(secret, asked);
        secret.Tags.AddTags(asked);
        secrets.Add(name, secret);
        return Json11Service.Reply(Names(secret).With("VersionId", secret.Version));
    }

    private SandboxResponse GetValue(Call call)
    {
        var secret = state.LivingSecret(call);
        var (version, stage) = (call.Json.Text("VersionId"), call.Json.Text("VersionStage"));
        if (secret.Version is null || (version ?? secret.Version) != secret.Version || (stage ?? "AWSCURRENT") != "AWSCURRENT")
            throw new SandboxException(400, "ResourceNotFoundException", $"Secrets Manager can't find the specified secret value for {(version is null ? "staging label" : "VersionId")}: {version ?? stage ?? "AWSCURRENT"}");
        return Json11Service.Reply(Names(secret)
            .With("VersionId", secret.Version)
            .With("SecretBinary", secret.Binary)
            .With("SecretString", secret.Text)
            .With("VersionStages", new JsonArray("AWSCURRENT"))
            .With("CreatedDate", secret.Created.Epoch()));
    }

    /// <summary>What is not named stays.</summary>
    private SandboxResponse Update(Call call)
    {
        var (secret, asked) = (state.LivingSecret(call), call.Json);
        var before = secret.Version;
        TakeValue(secret, asked);
        secret.Description = asked.Text("Description") ?? secret.Description;
        secret.KmsKeyId = asked.Text("KmsKeyId") ?? secret.KmsKeyId;
        secret.Changed = state.World.Now;
        return Json11Service.Reply(Names(secret).With("VersionId", secret.Version == before ? null : secret.Version));
    }

    private SandboxResponse PutValue(Call call)
    {
        var secret = state.LivingSecret(call);
        if (!TakeValue(secret, call.Json)) throw SecretsManagerState.BadParameter("You must provide either SecretString or SecretBinary.");
        secret.Changed = state.World.Now;
        return Json11Service.Reply(Names(secret).With("VersionId", secret.Version).With("VersionStages", new JsonArray("AWSCURRENT")));
    }

    private bool TakeValue(Secret secret, JsonObject asked)
    {
        var (text, binary) = (asked.Text("SecretString"), asked.Bytes("SecretBinary"));
        if (text is not null && binary is not null) throw SecretsManagerState.BadParameter("You can't specify both a binary secret value and a string secret value in the same secret.");
        if (text is null && binary is null) return false;
        (secret.Text, secret.Binary) = (text, binary is null ? null : Convert.ToBase64String(binary));
        secret.Version = asked.Text("ClientRequestToken") ?? state.World.NewGuid();
        return true;
    }

    private SandboxResponse Restore(Call call)
    {
        var secret = state.Secret(call);
        (secret.Deletion, secret.DeletionAsked) = (null, null);
        return Json11Service.Reply(Names(secret));
    }

    private SandboxResponse Delete(Call call)
    {
        var (days, force) = (call.Json.Number("RecoveryWindowInDays"), call.Json.Flag("ForceDeleteWithoutRecovery") == true);
        if (force && days is not null) throw SecretsManagerState.BadParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
        if (days is < ShortestRecovery or > LongestRecovery) throw SecretsManagerState.BadParameter($"The RecoveryWindowInDays value must be between {ShortestRecovery} and {LongestRecovery} days (inclusive).");
        var secret = state.LivingSecret(call);
        secret.DeletionAsked = state.World.Now;
        secret.Deletion = force ? state.World.Now : state.World.Now.AddDays(days ?? LongestRecovery);
        return Json11Service.Reply(Names(secret).With("DeletionDate", secret.Deletion.Value.Epoch()));
    }

    private SandboxResponse Tag(Call call)
    {
        if (call.Json.List("Tags") is null) throw JsonBody.MissingMember("tags");
        state.LivingSecret(call).Tags.AddTags(call.Json);
        return Json11Service.Done();
    }

    private SandboxResponse Untag(Call call)
    {
        var secret = state.LivingSecret(call);
        foreach (var key in call.Json.Texts("TagKeys")) secret.Tags.Remove(key);
        return Json11Service.Done();
    }

    public static JsonObject Names(Secret secret) => new() { ["ARN"] = secret.Arn, ["Name"] = secret.Name };

    [GeneratedRegex("^[A-Za-z0-9/_+=.@!-]{1,512}$")]
    private static partial Regex NamePattern();
}
