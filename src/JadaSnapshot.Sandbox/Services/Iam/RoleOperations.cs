using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Iam;

internal sealed partial class RoleOperations(IamState state)
{
    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateRole", Create);
        operations.Add("GetRole", call => IamAnswer.Of(call, Render(state.Role(call.Form.Need("RoleName")), whole: true)));
        operations.Add("ListRoles", List);
        operations.Add("UpdateRole", Update);
        operations.Add("UpdateAssumeRolePolicy", UpdateTrust);
        operations.Add("DeleteRole", Delete);
        operations.Add("PutRolePermissionsBoundary", PutBoundary);
        operations.Add("DeleteRolePermissionsBoundary", DeleteBoundary);
    }

    /// <summary>Makes a role that a service may assume.</summary>
    public static async Task CreateAsync(SandboxWorld world, string name, string principal, CancellationToken cancel)
    {
        var trust = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"{{principal}}"},"Action":"sts:AssumeRole"}]}""";
        await new InProcessCaller(world).CallAsync("iam", "us-east-1", "POST", "/", [], [new("Content-Type", "application/x-www-form-urlencoded")],
            Encoding.UTF8.GetBytes($"Action=CreateRole&Version=2010-05-08&RoleName={Uri.EscapeDataString(name)}&AssumeRolePolicyDocument={Uri.EscapeDataString(trust)}"), cancel);
    }

    private SandboxResponse Create(Call call)
    {
        var form = call.Form;
        var name = form.Need("RoleName");
        if (name.Length > 64 || !NamePattern().IsMatch(name)) throw IamErrors.Invalid(Constraint.Pattern(name, "roleName", @"[\w+=,.@-]+"));
        var path = form.Text("Path") ?? "/";
        if (!PathPattern().IsMatch(path)) throw IamErrors.Invalid(Constraint.Pattern(path, "path", @"(\u002F)|(\u002F[\u0021-\u007F]+\u002F)"));
        if (path.StartsWith(ServiceLinkedRoleOperations.Path, StringComparison.Ordinal)) throw IamErrors.Invalid("Roles under the path /aws-service-role/ are made by CreateServiceLinkedRole alone.");
        var trust = PolicyDocument.CheckTrust(form.Need("AssumeRolePolicyDocument"));
        var duration = form.Number("MaxSessionDuration") ?? 3600;
        if (duration is < 3600 or > 43200) throw IamErrors.Invalid(Constraint.Failed($"{duration}", "maxSessionDuration", "Member must have value between 3600 and 43200"));
        if (state.Roles.ContainsKey(name)) throw IamErrors.Exists($"Role with name {name} already exists.");
        var role = new Role
        {
            Name = name,
            Path = path,
            Id = "AROA" + state.World.NewId(17),
            Arn = $"arn:aws:iam::{state.World.Account}:role{path}{name}",
            Created = state.World.Now,
            Settled = state.World.SettledAfter(state.World.Settling.Roles),
            TrustPolicy = trust,
            Description = form.Text("Description"),
            MaxSessionDuration = duration,
            PermissionsBoundary = form.Text("PermissionsBoundary") is { } boundary ? state.Policy(boundary).Arn : null,
        };
        foreach (var tag in form.Members("Tags")) role.Tags[tag.Need("Key")] = tag.Text("Value") ?? "";
        state.Roles.Add(name, role);
        return IamAnswer.Of(call, Render(role, whole: true));
    }

    private SandboxResponse List(Call call)
    {
        var prefix = call.Form.Text("PathPrefix") ?? "/";
        return IamAnswer.Listing(call, "Roles", state.Roles.Values.Where(role => role.Path.StartsWith(prefix, StringComparison.Ordinal)),
            role => role.Name, role => new XElement("member", Render(role, whole: false).Elements()));
    }

    private SandboxResponse Update(Call call)
    {
        var role = state.Role(call.Form.Need("RoleName"));
        role.Description = call.Form.Text("Description") ?? role.Description;
        role.MaxSessionDuration = call.Form.Number("MaxSessionDuration") ?? role.MaxSessionDuration;
        return IamAnswer.Of(call, "");
    }

    private SandboxResponse UpdateTrust(Call call)
    {
        var role = state.ChangeableRole(call.Form.Need("RoleName"));
        role.TrustPolicy = PolicyDocument.CheckTrust(call.Form.Need("PolicyDocument"));
        return IamAnswer.Of(call);
    }

    private SandboxResponse Delete(Call call)
    {
        var role = state.ChangeableRole(call.Form.Need("RoleName"));
        if (role.Attached.Count > 0) throw IamErrors.Conflict("Cannot delete entity, must detach all policies first.");
        if (role.Inline.Count > 0) throw IamErrors.Conflict("Cannot delete entity, must delete policies first.");
        state.Roles.Remove(role.Name);
        return IamAnswer.Of(call);
    }

    private SandboxResponse PutBoundary(Call call)
    {
        state.ChangeableRole(call.Form.Need("RoleName")).PermissionsBoundary = state.Policy(call.Form.Need("PermissionsBoundary")).Arn;
        return IamAnswer.Of(call);
    }

    private SandboxResponse DeleteBoundary(Call call)
    {
        var role = state.ChangeableRole(call.Form.Need("RoleName"));
        if (role.PermissionsBoundary is null) throw IamErrors.NoSuchEntity($"The role with name {role.Name} has no permissions boundary.");
        role.PermissionsBoundary = null;
        return IamAnswer.Of(call);
    }

    public static XElement Render(Role role, bool whole) => new("Role",
        new XElement("Path", role.Path),
        new XElement("RoleName", role.Name),
        new XElement("RoleId", role.Id),
        new XElement("Arn", role.Arn),
        new XElement("CreateDate", role.Created.Iso()),
        IamAnswer.Document("AssumeRolePolicyDocument", role.TrustPolicy),
        role.Description is null ? null : new XElement("Description", role.Description),
        new XElement("MaxSessionDuration", role.MaxSessionDuration),
        whole && role.PermissionsBoundary is { } boundary
            ? new XElement("PermissionsBoundary", new XElement("PermissionsBoundaryType", "Policy"), new XElement("PermissionsBoundaryArn", boundary))
            : null,
        whole && role.Tags.Count > 0 ? IamAnswer.Tags(role.Tags) : null,
        whole ? new XElement("RoleLastUsed") : null);

    [GeneratedRegex(@"^[\w+=,.@-]+$", RegexOptions.ECMAScript)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^(/|/[\u0021-\u007F]+/)$")]
    private static partial Regex PathPattern();
}
