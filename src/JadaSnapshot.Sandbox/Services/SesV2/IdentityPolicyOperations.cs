using System.Text.Json;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.Ses;

namespace JadaSnapshot.Sandbox.Services.SesV2;

/// <summary>Who else may send by an identity.</summary>
internal sealed class IdentityPolicyOperations(SesState state)
{
    private const string Policy = "/v2/email/identities/{EmailIdentity}/policies/{PolicyName}";
    private const int MostPolicies = 20;

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateEmailIdentityPolicy", $"POST {Policy}", Create);
        operations.Add("UpdateEmailIdentityPolicy", $"PUT {Policy}", Update);
        operations.Add("DeleteEmailIdentityPolicy", $"DELETE {Policy}", Delete);
    }

    private SandboxResponse Create(Call call)
    {
        var (policies, name) = Find(call);
        if (policies.ContainsKey(name)) throw SesV2Answer.Exists("Policy", name);
        if (policies.Count >= MostPolicies) throw new SandboxException(400, "LimitExceededException", $"An identity can have at most {MostPolicies} policies.");
        return Put(call, policies, name);
    }

    private SandboxResponse Update(Call call)
    {
        var (policies, name) = Find(call);
        return policies.ContainsKey(name) ? Put(call, policies, name) : throw SesV2Answer.NotFound("Policy", name);
    }

    private SandboxResponse Delete(Call call)
    {
        var (policies, name) = Find(call);
        policies.Remove(name);
        return SesV2Answer.Empty;
    }

    private (SortedDictionary<string, string> Policies, string Name) Find(Call call) => (IdentityOperations.Find(state, call).Policies, call.Label("PolicyName"));

    private static SandboxResponse Put(Call call, SortedDictionary<string, string> policies, string name)
    {
        var policy = call.Json.Need("Policy");
        try
        {
            using var document = JsonDocument.Parse(policy);
        }
        catch (JsonException)
        {
            throw SesV2Answer.Bad("The policy is not valid JSON.");
        }
        policies[name] = policy;
        return SesV2Answer.Empty;
    }
}
