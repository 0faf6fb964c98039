using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

internal sealed class ResourcePolicyOperations(DynamoDbState state)
{
    public void AddTo(OperationTable operations)
    {
        operations.Add("GetResourcePolicy", Get);
        operations.Add("PutResourcePolicy", Put);
        operations.Add("DeleteResourcePolicy", Delete);
    }

    private SandboxResponse Get(Call call)
    {
        var table = state.TableOfArn(call);
        return DynamoDbState.Answer(new JsonObject { ["Policy"] = table.Policy ?? throw None(table), ["RevisionId"] = table.PolicyRevision });
    }

    private SandboxResponse Put(Call call)
    {
        var table = state.TableOfArn(call);
        table.Policy = call.Json.Need("Policy");
        return Changed(table);
    }

    private SandboxResponse Delete(Call call)
    {
        var table = state.TableOfArn(call);
        if (table.Policy is null) throw None(table);
        table.Policy = null;
        return Changed(table);
    }

    private SandboxResponse Changed(Table table)
    {
        table.PolicyRevision = $"{state.World.Now.ToUnixTimeMilliseconds()}";
        return DynamoDbState.Answer(new JsonObject { ["RevisionId"] = table.PolicyRevision });
    }

    private static SandboxException None(Table table) => new(400, "PolicyNotFoundException", $"Resource-based policy not found for the provided ResourceArn: {table.Arn}");
}
