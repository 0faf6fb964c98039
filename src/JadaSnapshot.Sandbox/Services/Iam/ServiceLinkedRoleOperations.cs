using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Iam;

/// <summary>Roles that belong to a service, and that nobody else can change.</summary>
internal sealed class ServiceLinkedRoleOperations(IamState state)
{
    /// <summary>What their paths begin with.</summary>
    public const string Path = "/aws-service-role/";

    private readonly HashSet<string> _deletions = new(StringComparer.Ordinal);

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateServiceLinkedRole", Create);
        operations.Add("DeleteServiceLinkedRole", Delete);
        operations.Add("GetServiceLinkedRoleDeletionStatus", Status);
    }

    private SandboxResponse Create(Call call)
    {
        var service = call.Form.Need("AWSServiceName");
        if (!service.EndsWith(".amazonaws.com", StringComparison.Ordinal)) throw IamErrors.Invalid($"Service role name {service} is not a service.");
        var name = "AWSServiceRoleFor" + string.Concat(service.Split('.')[..^2].Reverse().SelectMany(part => part.Split('-')).Select(part => part.Length > 0 ? char.ToUpperInvariant(part[0]) + part[1..] : "")) + (call.Form.Text("CustomSuffix") is { } suffix ? "_" + suffix : "");
        if (state.Roles.ContainsKey(name)) throw IamErrors.Invalid($"Service role name {name} has been taken in this account, please try a different suffix.");
        var role = new Role
        {
            Name = name,
            Path = $"{Path}{service}/",
            Id = "AROA" + state.World.NewId(17),
            Arn = $"arn:aws:iam::{state.World.Account}:role{Path}{service}/{name}",
            Created = state.World.Now,
            Settled = state.World.SettledAfter(state.World.Settling.Roles),
            TrustPolicy = $$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"{{{service}}}"},"Action":"sts:AssumeRole"}]}""",
            Description = call.Form.Text("Description"),
        };
        state.Roles.Add(name, role);
        return IamAnswer.Of(call, RoleOperations.Render(role, whole: true));
    }

    private SandboxResponse Delete(Call call)
    {
        var role = state.Role(call.Form.Need("RoleName"));
        if (!role.Path.StartsWith(Path, StringComparison.Ordinal)) throw IamErrors.Invalid($"The role {role.Name} is not linked to a service.");
        state.Roles.Remove(role.Name);
        var task = $"task{role.Path}{role.Name}/{state.World.NewGuid()}";
        _deletions.Add(task);
        return IamAnswer.Of(call, new XElement("DeletionTaskId", task));
    }

    private SandboxResponse Status(Call call)
    {
        var task = call.Form.Need("DeletionTaskId");
        return _deletions.Contains(task) ? IamAnswer.Of(call, new XElement("Status", "SUCCEEDED")) : throw IamErrors.NoSuchEntity($"The deletion task {task} cannot be found.");
    }
}
