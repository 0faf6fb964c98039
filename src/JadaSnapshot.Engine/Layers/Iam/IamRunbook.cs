using System.Text.Json.Nodes;
using System.Xml.Linq;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Iam;

/// <summary>How policies and roles come back: policies first, because roles name them.</summary>
internal sealed class IamRunbook : IRunbookPart
{
    public string Layer => IamLayer.LayerName;

    public RunbookStage Stage => RunbookStage.Roles;

    public void Write(RunbookSource source, RunbookPage page)
    {
        page.Layer(Layer);
        foreach (var policy in source.Of(Layer, IamLayer.Policy)) WritePolicy(policy, source, page);
        foreach (var role in source.Of(Layer, IamLayer.Role)) WriteRole(role, source, page);
    }

    private static void WritePolicy(Resource policy, RunbookSource source, RunbookPage page)
    {
        if (source.Xml(IamLayer.FolderOf(policy) + IamLayer.Details) is not { } detail) return;
        var described = source.Xml(IamLayer.FolderOf(policy) + "policy.xml")?.All("GetPolicyResult", "Policy").FirstOrDefault();
        var version = detail.All("PolicyVersionList", "member").FirstOrDefault(version => version.Text("IsDefaultVersion") == "true");
        page.Heading("Policy", policy.Name);
        page.Shell(shell => shell.Send(
            RunbookRequest.Of(("PolicyName", policy.Name), ("Path", detail.Text("Path")), ("PolicyDocument", Decoded(version?.Text("Document"))), ("Description", described?.Text("Description")), ("Tags", Tags(described))),
            $"request aws iam create-policy"));
    }

    private static void WriteRole(Resource role, RunbookSource source, RunbookPage page)
    {
        if (source.Xml(IamLayer.FolderOf(role) + IamLayer.Details) is not { } detail) return;
        var settings = source.Xml(IamLayer.FolderOf(role) + "role.xml");
        page.Heading("Role", role.Name);
        page.Shell(shell =>
        {
            shell.Send(
                RunbookRequest.Of(
                    ("RoleName", role.Name), ("Path", detail.Text("Path")), ("AssumeRolePolicyDocument", Decoded(detail.Text("AssumeRolePolicyDocument"))), ("Description", settings?.Text("Description")),
                    ("MaxSessionDuration", int.TryParse(settings?.Text("MaxSessionDuration"), out var seconds) ? seconds : null),
                    ("PermissionsBoundary", detail.All("PermissionsBoundary", "PermissionsBoundaryArn").FirstOrDefault()?.Value), ("Tags", Tags(detail))),
                $"request aws iam create-role");
            foreach (var policy in detail.All("RolePolicyList", "member"))
                shell.Send(
                    RunbookRequest.Of(("RoleName", role.Name), ("PolicyName", policy.Text("PolicyName")), ("PolicyDocument", Decoded(policy.Text("PolicyDocument")))),
                    $"request aws iam put-role-policy");
            foreach (var policy in detail.All("AttachedManagedPolicies", "member"))
                shell.Add($"aws iam attach-role-policy --role-name {role.Name} --policy-arn {policy.Text("PolicyArn")}");
            foreach (var profile in detail.All("InstanceProfileList", "member").Select(profile => profile.Text("InstanceProfileName")))
            {
                shell.Add($"aws iam create-instance-profile --instance-profile-name {profile}");
                shell.Add($"aws iam add-role-to-instance-profile --instance-profile-name {profile} --role-name {role.Name}");
            }
        });
    }

    private static string? Decoded(string? document) => document is null ? null : Uri.UnescapeDataString(document);

    private static JsonArray? Tags(XElement? element)
    {
        JsonNode[] tags = [.. (element?.All("Tags", "member") ?? []).Select(tag => new JsonObject { ["Key"] = tag.Text("Key"), ["Value"] = tag.Text("Value") ?? "" })];
        return tags.Length > 0 ? new(tags) : null;
    }
}
