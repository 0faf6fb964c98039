using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGateway;

/// <summary>The account's settings in a region, and tags.</summary>
internal sealed class AccountOperations(ApiTree tree, RestDialect dialect)
{
    private const string Tags = "/tags/{resource_arn}";

    public void AddTo(OperationTable operations)
    {
        operations.Add("GetAccount", "GET /account", call => JsonAnswer.Of(Account(call).DeepClone()));
        operations.Add("UpdateAccount", "PATCH /account", UpdateAccount);
        operations.Add("GetTags", $"GET {Tags}", call => JsonAnswer.Of(new JsonObject { ["tags"] = TaggedOf(call).Part("tags")?.DeepClone() ?? new JsonObject() }));
        operations.Add("TagResource", $"PUT {Tags}", Tag);
        operations.Add("UntagResource", $"DELETE {Tags}", Untag);
    }

    private JsonObject Account(Call call)
    {
        var root = tree.Root(call.Region).Document;
        return root.Part("account") ?? (JsonObject)(root["account"] = new JsonObject
        {
            ["throttleSettings"] = new JsonObject { ["burstLimit"] = 5000, ["rateLimit"] = 10000.0 },
            ["features"] = new JsonArray("UsagePlans"),
            ["apiKeyVersion"] = "4",
        });
    }

    private SandboxResponse UpdateAccount(Call call)
    {
        var changed = Account(call).DeepClone().AsObject();
        dialect.Update(changed, call.Json);
        if (changed.Text("cloudwatchRoleArn") is { Length: > 0 } role && !role.StartsWith($"arn:aws:iam::{tree.World.Account}:role/", StringComparison.Ordinal))
            throw ApiErrors.Bad("The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.");
        tree.Root(call.Region).Document["account"] = changed;
        return JsonAnswer.Of(changed.DeepClone());
    }

    private SandboxResponse Tag(Call call)
    {
        ApiTags.Merge(TaggedOf(call), call.Json.Part("tags"));
        return JsonAnswer.Empty();
    }

    private SandboxResponse Untag(Call call)
    {
        ApiTags.Remove(TaggedOf(call), call);
        return JsonAnswer.Empty();
    }

    private JsonObject TaggedOf(Call call) => ApiTags.Find(tree, call, call.Label("resource_arn")).Document;
}
