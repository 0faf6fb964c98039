using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.SecretsManager;

/// <summary>What changes the value of a secret, and when. The sandbox keeps the settings and rotates nothing.</summary>
internal sealed class RotationOperations(SecretsManagerState state)
{
    public void AddTo(OperationTable operations)
    {
        operations.Add("RotateSecret", Rotate);
        operations.Add("CancelRotateSecret", Cancel);
    }

    private SandboxResponse Rotate(Call call)
    {
        var (secret, asked) = (state.LivingSecret(call), call.Json);
        var lambda = asked.Text("RotationLambdaARN") ?? secret.RotationLambda ?? throw SecretsManagerState.BadRequest("No Lambda rotation function ARN is associated with this secret.");
        if (!lambda.StartsWith($"arn:aws:lambda:{call.Region}:{state.World.Account}:function:", StringComparison.Ordinal)) throw SecretsManagerState.BadParameter($"Invalid Lambda rotation function ARN: {lambda}");
        (secret.Rotates, secret.RotationLambda, secret.RotationRules) = (true, lambda, asked.Part("RotationRules")?.DeepClone().AsObject() ?? secret.RotationRules);
        secret.Changed = state.World.Now;
        return Json11Service.Reply(SecretOperations.Names(secret).With("VersionId", secret.Version));
    }

    private SandboxResponse Cancel(Call call)
    {
        var secret = state.LivingSecret(call);
        (secret.Rotates, secret.RotationRules) = (false, null);
        return Json11Service.Reply(SecretOperations.Names(secret).With("VersionId", secret.Version));
    }
}
