using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lambda;

internal sealed class TagOperations(LambdaState state)
{
    private const string Tags = "/2017-03-31/tags/{Resource}";

    public void AddTo(OperationTable operations)
    {
        operations.Add("ListTags", $"GET {Tags}", call => JsonAnswer.Of(new JsonObject { ["Tags"] = Render(Find(call)) }));
        operations.Add("TagResource", $"POST {Tags}", Tag);
        operations.Add("UntagResource", $"DELETE {Tags}", Untag);
    }

    public static JsonObject Render(IReadOnlyDictionary<string, string> tags) => [.. tags.Select(tag => KeyValuePair.Create<string, JsonNode?>(tag.Key, tag.Value))];

    public static void Merge(SortedDictionary<string, string> tags, JsonObject? asked)
    {
        if (asked is null) return;
        foreach (var (key, _) in asked) tags[key] = asked.Need(key);
    }

    private SortedDictionary<string, string> Find(Call call)
    {
        var (region, arn) = (state.In(call.Region), call.Label("Resource"));
        if (!arn.StartsWith(region.ArnPrefix, StringComparison.Ordinal)) throw LambdaErrors.InvalidParameter($"Unexpected ARN: {arn}");
        if (region.EventSources.GetValueOrDefault(arn[(arn.LastIndexOf(':') + 1)..]) is { } source) return source.Tags;
        if (arn.Contains(":code-signing-config:", StringComparison.Ordinal)) return CodeSigningOperations.Find(region, arn).Tags;
        var reference = FunctionReference.Parse(state, call.Region, arn);
        if (reference.Qualifier is not null) throw LambdaErrors.InvalidParameter("Tags on function aliases and versions are not supported. Please specify either a function ARN, event source mapping ARN, or code signing config ARN.");
        return reference.Function(region).Tags;
    }

    private SandboxResponse Tag(Call call)
    {
        var tags = Find(call);
        Merge(tags, call.Json.Part("Tags") ?? throw JsonBody.MissingMember("tags"));
        return JsonAnswer.Empty();
    }

    private SandboxResponse Untag(Call call)
    {
        var tags = Find(call);
        foreach (var (name, value) in call.Request.Query)
            if (name == "tagKeys") tags.Remove(value);
        return JsonAnswer.Empty();
    }
}
