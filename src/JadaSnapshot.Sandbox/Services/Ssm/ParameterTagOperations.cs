using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Ssm;

internal sealed class ParameterTagOperations(ParameterState state)
{
    public void AddTo(OperationTable operations)
    {
        operations.Add("ListTagsForResource", call => Json11Service.Reply(new JsonObject { ["TagList"] = Tagged(call).Tags.ToJson() }));
        operations.Add("AddTagsToResource", Add);
        operations.Add("RemoveTagsFromResource", Remove);
    }

    private SandboxResponse Add(Call call)
    {
        if (call.Json.List("Tags") is null) throw JsonBody.MissingMember("tags");
        Tagged(call).Tags.AddTags(call.Json);
        return Json11Service.Done();
    }

    private SandboxResponse Remove(Call call)
    {
        if (call.Json.List("TagKeys") is null) throw JsonBody.MissingMember("tagKeys");
        var tags = Tagged(call).Tags;
        foreach (var key in call.Json.Texts("TagKeys")) tags.Remove(key);
        return Json11Service.Done();
    }

    private Parameter Tagged(Call call)
    {
        var (type, id) = (call.Json.Need("ResourceType"), call.Json.Need("ResourceId"));
        if (type != "Parameter") throw new SandboxException(400, "InvalidResourceType", $"The sandbox tags parameters, and no {type}.");
        return state.In(call.Region).GetValueOrDefault(id) ?? throw new SandboxException(400, "InvalidResourceId", "The resource ID isn't valid. Verify that you entered the correct ID and try again.");
    }
}
