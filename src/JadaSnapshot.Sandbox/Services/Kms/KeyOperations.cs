using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Kms;

internal sealed class KeyOperations(KmsState state)
{
    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateKey", Create);
        operations.Add("DescribeKey", call => Metadata(state.Key(call.Region, call.Json.Need("KeyId"))));
        operations.Add("ListKeys", List);
    }

    private SandboxResponse Create(Call call)
    {
        var asked = call.Json;
        foreach (var (member, only) in new[] { ("KeySpec", "SYMMETRIC_DEFAULT"), ("CustomerMasterKeySpec", "SYMMETRIC_DEFAULT"), ("KeyUsage", "ENCRYPT_DECRYPT"), ("Origin", "AWS_KMS") })
            if ((asked.Text(member) ?? only) != only) throw new SandboxException(400, "UnsupportedOperationException", $"The sandbox makes keys whose {member} is {only}.");
        var id = state.World.NewGuid();
        var key = new Key(id, state.ArnOf(call.Region, "key/" + id), state.World.Account, asked.Text("Description") ?? "", state.World.Now);
        state.In(call.Region).Keys.Add(id, key);
        return Metadata(key);
    }

    private SandboxResponse List(Call call) => KmsPage.Of(call, 100, "Keys", state.In(call.Region).Keys.Values, key => key.Id,
        key => new() { ["KeyId"] = key.Id, ["KeyArn"] = key.Arn });

    private static SandboxResponse Metadata(Key key) => Json11Service.Reply(new JsonObject { ["KeyMetadata"] = key.Describe() });
}
