using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Iam;

internal sealed class PolicyOperations(IamState state)
{
    public void AddTo(OperationTable operations)
    {
        operations.Add("CreatePolicy", Create);
        operations.Add("GetPolicy", call => IamAnswer.Of(call, Render("Policy", state.Policy(call.Form.Need("PolicyArn")), whole: true)));
        operations.Add("ListPolicies", List);
        operations.Add("DeletePolicy", Delete);
    }

    private SandboxResponse Create(Call call)
    {
        var form = call.Form;
        var name = form.Need("PolicyName");
        var path = form.Text("Path") ?? "/";
        var document = PolicyDocument.CheckPermissions(form.Need("PolicyDocument"));
        if (state.Policies.Values.Any(policy => !policy.OfAws && string.Equals(policy.Name, name, StringComparison.OrdinalIgnoreCase)))
            throw IamErrors.Exists($"A policy called {name} already exists. Duplicate names are not allowed.");
        var policy = new ManagedPolicy
        {
            Name = name,
            Path = path,
            Id = "ANPA" + state.World.NewId(17),
            Arn = $"arn:aws:iam::{state.World.Account}:policy{path}{name}",
            Created = state.World.Now,
            Updated = state.World.Now,
            Description = form.Text("Description"),
        };
        policy.Versions.Add(1, new PolicyVersion(1, document, policy.Created));
        foreach (var tag in form.Members("Tags")) policy.Tags[tag.Need("Key")] = tag.Text("Value") ?? "";
        state.Policies.Add(policy.Arn, policy);
        return IamAnswer.Of(call, Render("Policy", policy, whole: true));
    }

    private SandboxResponse List(Call call)
    {
        var form = call.Form;
        var scope = form.Text("Scope") ?? "All";
        var prefix = form.Text("PathPrefix") ?? "/";
        var policies = state.Policies.Values.Where(policy =>
            (scope == "All" || policy.OfAws == (scope == "AWS"))
            && policy.Path.StartsWith(prefix, StringComparison.Ordinal)
            && (form.Text("OnlyAttached") != "true" || state.Attachments(policy.Arn) > 0));
        return IamAnswer.Listing(call, "Policies", policies, policy => policy.Arn, policy => Render("member", policy, whole: false));
    }

    private SandboxResponse Delete(Call call)
    {
        var policy = state.OwnPolicy(call.Form.Need("PolicyArn"));
        if (state.Attachments(policy.Arn) + state.Boundaries(policy.Arn) > 0) throw IamErrors.Conflict("Cannot delete a policy attached to entities.");
        if (policy.Versions.Count > 1) throw IamErrors.Conflict("This policy has more than one version. Before you delete a policy, you must delete the policy's versions.");
        state.Policies.Remove(policy.Arn);
        return IamAnswer.Of(call);
    }

    private XElement Render(string element, ManagedPolicy policy, bool whole) => new(element,
        new XElement("PolicyName", policy.Name),
        new XElement("PolicyId", policy.Id),
        new XElement("Arn", policy.Arn),
        new XElement("Path", policy.Path),
        new XElement("DefaultVersionId", $"v{policy.DefaultVersion}"),
        new XElement("AttachmentCount", state.Attachments(policy.Arn)),
        new XElement("PermissionsBoundaryUsageCount", state.Boundaries(policy.Arn)),
        new XElement("IsAttachable", true),
        whole && policy.Description is { } description ? new XElement("Description", description) : null,
        new XElement("CreateDate", policy.Created.Iso()),
        new XElement("UpdateDate", policy.Updated.Iso()),
        whole && policy.Tags.Count > 0 ? IamAnswer.Tags(policy.Tags) : null);
}
