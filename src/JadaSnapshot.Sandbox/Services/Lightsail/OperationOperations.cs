using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lightsail;

/// <summary>What was done lately, as Lightsail calls it: operations.</summary>
internal sealed class OperationOperations(LightsailState state)
{
    public void AddTo(OperationTable operations)
    {
        operations.Add("GetOperation", Get);
        operations.Add("GetOperations", call => LightsailState.Page(call, "operations", state.In(call.Region).Operations, "id"));
    }

    private SandboxResponse Get(Call call)
    {
        var id = call.Json.Need("operationId");
        var operation = state.In(call.Region).Operations.FirstOrDefault(done => done.Text("id") == id)
            ?? throw new SandboxException(400, "NotFoundException", $"The Operation does not exist: {id}");
        return Json11Service.Reply(new JsonObject { ["operation"] = operation.DeepClone() });
    }
}
