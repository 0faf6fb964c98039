using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Iam;

/// <summary>All that IAM holds, in few pages. What ListRoles alone says, a role's description and longest session, is not in them.</summary>
internal sealed class AuthorizationOperations(IamState state)
{
    private static readonly string[] Kinds = ["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"];

    public void AddTo(OperationTable operations) => operations.Add("GetAccountAuthorizationDetails", Get);

    private SandboxResponse Get(Call call)
    {
        List<string> filter = [.. call.Form.Members("Filter").Select(member => member.Text("") ?? "")];
        if (filter.FirstOrDefault(kind => !Kinds.Contains(kind)) is { } strange) throw IamErrors.Invalid(Constraint.NotInSet(strange, "filter.1.member", Kinds));
        var size = call.Form.Text("MaxItems") is null ? 100 : Call.PageSize(call.Form.Text("MaxItems"), "maxItems", 1000, "ValidationError");
        var all = state.Roles.Values.Where(_ => Wants("Role")).Select(role => (Key: "1/" + role.Arn, Detail: (object)role))
            .Concat(state.Policies.Values.Where(policy => policy.OfAws ? Wants("AWSManagedPolicy") && state.Attachments(policy.Arn) > 0 : Wants("LocalManagedPolicy")).Select(policy => (Key: "2/" + policy.Arn, Detail: (object)policy)));
        var page = all.After(Marker.Open(call.Form.Text("Marker"), "ValidationError"), size, each => each.Key);
        return IamAnswer.Of(call,
            new XElement("IsTruncated", page.Marker is not null),
            page.Marker is null ? null : new XElement("Marker", Marker.Seal(page.Marker)),
            new XElement("UserDetailList"),
            new XElement("GroupDetailList"),
            new XElement("RoleDetailList", page.Items.Select(each => each.Detail).OfType<Role>().Select(Render)),
            new XElement("Policies", page.Items.Select(each => each.Detail).OfType<ManagedPolicy>().Select(Render)));

        bool Wants(string kind) => filter.Count == 0 || filter.Contains(kind);
    }

    private XElement Render(Role role) => new("member",
        new XElement("Path", role.Path),
        new XElement("RoleName", role.Name),
        new XElement("RoleId", role.Id),
        new XElement("Arn", role.Arn),
        new XElement("CreateDate", role.Created.Iso()),
        IamAnswer.Document("AssumeRolePolicyDocument", role.TrustPolicy),
        new XElement("InstanceProfileList"),
        new XElement("RolePolicyList", role.Inline.Select(policy => new XElement("member", new XElement("PolicyName", policy.Key), IamAnswer.Document("PolicyDocument", policy.Value)))),
        new XElement("AttachedManagedPolicies", role.Attached.Select(arn => new XElement("member", new XElement("PolicyName", state.Policy(arn).Name), new XElement("PolicyArn", arn)))),
        role.PermissionsBoundary is { } boundary
            ? new XElement("PermissionsBoundary", new XElement("PermissionsBoundaryType", "Policy"), new XElement("PermissionsBoundaryArn", boundary))
            : null,
        IamAnswer.Tags(role.Tags),
        new XElement("RoleLastUsed"));

    private XElement Render(ManagedPolicy policy) => new("member",
        new XElement("PolicyName", policy.Name),
        new XElement("PolicyId", policy.Id),
        new XElement("Arn", policy.Arn),
        new XElement("Path", policy.Path),
        new XElement("DefaultVersionId", $"v{policy.DefaultVersion}"),
        new XElement("AttachmentCount", state.Attachments(policy.Arn)),
        new XElement("PermissionsBoundaryUsageCount", state.Boundaries(policy.Arn)),
        new XElement("IsAttachable", true),
        policy.Description is { } description ? new XElement("Description", description) : null,
        new XElement("CreateDate", policy.Created.Iso()),
        new XElement("UpdateDate", policy.Updated.Iso()),
        new XElement("PolicyVersionList", policy.Versions.Values.OrderDescending(Comparer<PolicyVersion>.Create((a, b) => a.Number - b.Number))
            .Select(version => PolicyVersionOperations.Render("member", policy, version, withDocument: true))));
}
