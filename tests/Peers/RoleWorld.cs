using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Peers.Tests;

/// <summary>Makes policies and roles that have them, attached and for a boundary, in a sandbox.</summary>
internal static class RoleWorld
{
    private const string Operator = "jada-operator", Visitor = "jada-visitor";
    private const string Boundary = $"arn:aws:iam::{SandboxWorld.EstateAccount}:policy/jada/jada-boundary", Reading = $"arn:aws:iam::{SandboxWorld.EstateAccount}:policy/jada-reading";

    public static async Task MakeAsync(SandboxHost host)
    {
        await IamAsync(host, "CreatePolicy", ("PolicyName", "jada-boundary"), ("Path", "/jada/"), ("Description", "No further"), ("PolicyDocument", Policy("dynamodb:*")), ("Tags.member.1.Key", "owner"), ("Tags.member.1.Value", "crew"));
        await IamAsync(host, "CreatePolicy", ("PolicyName", "jada-reading"), ("PolicyDocument", Policy("s3:GetObject")));
        await IamAsync(host, "CreateRole", ("RoleName", Operator), ("Path", "/jada/"), ("AssumeRolePolicyDocument", Trust("lambda")), ("Description", "Who takes the helm"), ("MaxSessionDuration", "7200"), ("PermissionsBoundary", Boundary), ("Tags.member.1.Key", "owner"), ("Tags.member.1.Value", "crew"));
        await IamAsync(host, "PutRolePolicy", ("RoleName", Operator), ("PolicyName", "own-table"), ("PolicyDocument", Policy("dynamodb:GetItem")));
        await IamAsync(host, "AttachRolePolicy", ("RoleName", Operator), ("PolicyArn", Reading));
        await IamAsync(host, "CreateRole", ("RoleName", Visitor), ("AssumeRolePolicyDocument", Trust("edgelambda")));
    }

    /// <summary>Changes everything that can be changed.</summary>
    public static async Task ChangeAsync(SandboxHost host)
    {
        // A fifth version leaves no room for another.
        foreach (var action in (string[])["dynamodb:Scan", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:DeleteItem"])
            await IamAsync(host, "CreatePolicyVersion", ("PolicyArn", Boundary), ("PolicyDocument", Policy(action)), ("SetAsDefault", "true"));
        await IamAsync(host, "TagPolicy", ("PolicyArn", Boundary), ("Tags.member.1.Key", "new"), ("Tags.member.1.Value", "one"));
        await IamAsync(host, "UntagPolicy", ("PolicyArn", Boundary), ("TagKeys.member.1", "owner"));
        await IamAsync(host, "UpdateAssumeRolePolicy", ("RoleName", Operator), ("PolicyDocument", Trust("ec2")));
        await IamAsync(host, "UpdateRole", ("RoleName", Operator), ("Description", "Somebody else"), ("MaxSessionDuration", "3600"));
        await IamAsync(host, "PutRolePolicy", ("RoleName", Operator), ("PolicyName", "own-table"), ("PolicyDocument", Policy("*")));
        await IamAsync(host, "PutRolePolicy", ("RoleName", Operator), ("PolicyName", "extra"), ("PolicyDocument", Policy("*")));
        await IamAsync(host, "DetachRolePolicy", ("RoleName", Operator), ("PolicyArn", Reading));
        await IamAsync(host, "AttachRolePolicy", ("RoleName", Operator), ("PolicyArn", Boundary));
        await IamAsync(host, "DeleteRolePermissionsBoundary", ("RoleName", Operator));
        await IamAsync(host, "PutRolePermissionsBoundary", ("RoleName", Visitor), ("PermissionsBoundary", Boundary));
        await IamAsync(host, "TagRole", ("RoleName", Operator), ("Tags.member.1.Key", "new"), ("Tags.member.1.Value", "one"));
        await IamAsync(host, "UntagRole", ("RoleName", Operator), ("TagKeys.member.1", "owner"));
    }

    private static Task<JsonObject> IamAsync(SandboxHost host, string operation, params (string Name, string Value)[] members) =>
        host.CallAsync("iam", "us-east-1", "POST", "/", string.Join('&', members.Prepend(("Action", operation)).Select(member => $"{member.Item1}={Uri.EscapeDataString(member.Item2)}")));

    private static string Policy(string action) => $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"{{action}}","Resource":"*"}]}""";

    private static string Trust(string service) => $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"{{service}}.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
}
