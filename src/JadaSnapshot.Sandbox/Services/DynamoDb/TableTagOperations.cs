using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

internal sealed class TableTagOperations(DynamoDbState state)
{
    private const int TagsPerPage = 10;

    public void AddTo(OperationTable operations)
    {
        operations.Add("ListTagsOfResource", List);
        operations.Add("TagResource", Tag);
        operations.Add("UntagResource", Untag);
    }

    private SandboxResponse List(Call call)
    {
        var page = state.TableOfArn(call).Tags.After(Marker.Open(call.Json.Text("NextToken"), "ValidationException"), TagsPerPage, tag => tag.Key);
        return DynamoDbState.Answer(new JsonObject
        {
            ["Tags"] = new JsonArray([.. page.Items.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]),
        }.With("NextToken", Marker.Seal(page.Marker)));
    }

    private SandboxResponse Tag(Call call)
    {
        var table = state.TableOfArn(call);
        if (call.Json.List("Tags") is null) throw JsonBody.MissingMember("tags");
        foreach (var tag in call.Json.Parts("Tags")) table.Tags[tag.Need("Key")] = tag.Need("Value");
        return DynamoDbState.Answer(new JsonObject());
    }

    private SandboxResponse Untag(Call call)
    {
        var table = state.TableOfArn(call);
        foreach (var key in call.Json.Texts("TagKeys")) table.Tags.Remove(key);
        return DynamoDbState.Answer(new JsonObject());
    }
}
