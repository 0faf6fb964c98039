using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Iam;

internal sealed class RolePolicyOperations(IamState state)
{
    private const int MostAttached = 20;
    private const int MostInlineLetters = 10_240;

    public void AddTo(OperationTable operations)
    {
        operations.Add("PutRolePolicy", Put);
        operations.Add("GetRolePolicy", Get);
        operations.Add("ListRolePolicies", call => IamAnswer.Listing(call, "PolicyNames", Role(call).Inline.Keys, name => name, name => new XElement("member", name)));
        operations.Add("DeleteRolePolicy", Delete);
        operations.Add("AttachRolePolicy", Attach);
        operations.Add("DetachRolePolicy", Detach);
        operations.Add("ListAttachedRolePolicies", ListAttached);
    }

    private Role Role(Call call) => state.Role(call.Form.Need("RoleName"));

    private Role Changeable(Call call) => state.ChangeableRole(call.Form.Need("RoleName"));

    private SandboxResponse Put(Call call)
    {
        var role = Changeable(call);
        var document = PolicyDocument.CheckPermissions(call.Form.Need("PolicyDocument"));
        if (document.Count(letter => !char.IsWhiteSpace(letter)) > MostInlineLetters)
            throw IamErrors.Limit($"Maximum policy size of {MostInlineLetters} bytes exceeded for role {role.Name}");
        role.Inline[call.Form.Need("PolicyName")] = document;
        return IamAnswer.Of(call);
    }

    private SandboxResponse Get(Call call)
    {
        var (role, name) = (Role(call), call.Form.Need("PolicyName"));
        var document = role.Inline.GetValueOrDefault(name) ?? throw Missing(name);
        return IamAnswer.Of(call, new XElement("RoleName", role.Name), new XElement("PolicyName", name), IamAnswer.Document("PolicyDocument", document));
    }

    private SandboxResponse Delete(Call call)
    {
        var (role, name) = (Changeable(call), call.Form.Need("PolicyName"));
        return role.Inline.Remove(name) ? IamAnswer.Of(call) : throw Missing(name);
    }

    private SandboxResponse Attach(Call call)
    {
        var role = Changeable(call);
        var policy = state.Policy(call.Form.Need("PolicyArn"));
        if (role.Attached.Count >= MostAttached && !role.Attached.Contains(policy.Arn))
            throw IamErrors.Limit($"Cannot exceed quota for PoliciesPerRole: {MostAttached}");
        role.Attached.Add(policy.Arn);
        return IamAnswer.Of(call);
    }

    private SandboxResponse Detach(Call call)
    {
        var arn = call.Form.Need("PolicyArn");
        return Changeable(call).Attached.Remove(arn) ? IamAnswer.Of(call) : throw IamErrors.NoSuchEntity($"Policy {arn} was not found.");
    }

    private SandboxResponse ListAttached(Call call)
    {
        var prefix = call.Form.Text("PathPrefix") ?? "/";
        var attached = Role(call).Attached.Select(state.Policy).Where(policy => policy.Path.StartsWith(prefix, StringComparison.Ordinal));
        return IamAnswer.Listing(call, "AttachedPolicies", attached, policy => policy.Arn,
            policy => new XElement("member", new XElement("PolicyName", policy.Name), new XElement("PolicyArn", policy.Arn)));
    }

    private static SandboxException Missing(string name) => IamErrors.NoSuchEntity($"The role policy with name {name} cannot be found.");
}
