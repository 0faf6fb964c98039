using System.Text.Json;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.SecretsManager;

/// <summary>Who else may use a secret.</summary>
internal sealed class SecretPolicyOperations(SecretsManagerState state)
{
    public void AddTo(OperationTable operations)
    {
        operations.Add("GetResourcePolicy", call => Reply(state.Secret(call), withPolicy: true));
        operations.Add("PutResourcePolicy", Put);
        operations.Add("DeleteResourcePolicy", Delete);
    }

    private SandboxResponse Put(Call call)
    {
        var secret = state.LivingSecret(call);
        var policy = call.Json.Need("ResourcePolicy");
        try
        {
            using var _ = JsonDocument.Parse(policy);
        }
        catch (JsonException)
        {
            throw new SandboxException(400, "MalformedPolicyDocumentException", "This resource policy contains invalid Json");
        }
        secret.Policy = policy;
        return Reply(secret, withPolicy: false);
    }

    private SandboxResponse Delete(Call call)
    {
        var secret = state.LivingSecret(call);
        secret.Policy = null;
        return Reply(secret, withPolicy: false);
    }

    private static SandboxResponse Reply(Secret secret, bool withPolicy) =>
        Json11Service.Reply(new JsonObject { ["ARN"] = secret.Arn, ["Name"] = secret.Name }.With("ResourcePolicy", withPolicy ? secret.Policy : null));
}
