using System.Globalization;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Iam;

internal sealed class PolicyVersionOperations(IamState state)
{
    private const int MostVersions = 5;

    public void AddTo(OperationTable operations)
    {
        operations.Add("GetPolicyVersion", Get);
        operations.Add("ListPolicyVersions", List);
        operations.Add("CreatePolicyVersion", Create);
        operations.Add("SetDefaultPolicyVersion", SetDefault);
        operations.Add("DeletePolicyVersion", Delete);
    }

    private SandboxResponse Get(Call call)
    {
        var policy = state.Policy(call.Form.Need("PolicyArn"));
        return IamAnswer.Of(call, Render("PolicyVersion", policy, Version(policy, call), withDocument: true));
    }

    private SandboxResponse List(Call call)
    {
        var policy = state.Policy(call.Form.Need("PolicyArn"));
        return IamAnswer.Listing(call, "Versions", policy.Versions.Values, version => $"{version.Number:D9}", version => Render("member", policy, version, withDocument: false));
    }

    private SandboxResponse Create(Call call)
    {
        var policy = state.OwnPolicy(call.Form.Need("PolicyArn"));
        var document = PolicyDocument.CheckPermissions(call.Form.Need("PolicyDocument"));
        if (policy.Versions.Count >= MostVersions)
            throw IamErrors.Limit($"A managed policy can have up to {MostVersions} versions. Before you create a new version, you must delete an existing version.");
        var version = new PolicyVersion(++policy.LastVersion, document, state.World.Now);
        policy.Versions.Add(version.Number, version);
        policy.Updated = version.Created;
        if (call.Form.Text("SetAsDefault") == "true") policy.DefaultVersion = version.Number;
        return IamAnswer.Of(call, Render("PolicyVersion", policy, version, withDocument: false));
    }

    private SandboxResponse SetDefault(Call call)
    {
        var policy = state.OwnPolicy(call.Form.Need("PolicyArn"));
        policy.DefaultVersion = Version(policy, call).Number;
        policy.Updated = state.World.Now;
        return IamAnswer.Of(call);
    }

    private SandboxResponse Delete(Call call)
    {
        var policy = state.OwnPolicy(call.Form.Need("PolicyArn"));
        var version = Version(policy, call);
        if (version.Number == policy.DefaultVersion) throw IamErrors.Conflict("Cannot delete the default version of a policy.");
        policy.Versions.Remove(version.Number);
        return IamAnswer.Of(call);
    }

    private static PolicyVersion Version(ManagedPolicy policy, Call call)
    {
        var id = call.Form.Need("VersionId");
        return int.TryParse(id.TrimStart('v'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && policy.Versions.TryGetValue(number, out var version)
            ? version
            : throw IamErrors.NoSuchEntity($"Policy {policy.Arn} version {id} does not exist or is not attachable.");
    }

    public static XElement Render(string element, ManagedPolicy policy, PolicyVersion version, bool withDocument) => new(element,
        withDocument ? IamAnswer.Document("Document", version.Document) : null,
        new XElement("VersionId", $"v{version.Number}"),
        new XElement("IsDefaultVersion", version.Number == policy.DefaultVersion),
        new XElement("CreateDate", version.Created.Iso()));
}
