using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.Ses;

namespace JadaSnapshot.Sandbox.Services.SesV2;

internal sealed class MailTagOperations(SesState state)
{
    private const string Tags = "/v2/email/tags";

    public void AddTo(OperationTable operations)
    {
        operations.Add("TagResource", $"POST {Tags}", Tag);
        operations.Add("UntagResource", $"DELETE {Tags}", Untag);
    }

    private SandboxResponse Tag(Call call)
    {
        Change(call, call.Json.Need("ResourceArn"), tags => SesV2Answer.Merge(tags, call.Json));
        return SesV2Answer.Empty;
    }

    private SandboxResponse Untag(Call call)
    {
        Change(call, call.Query("ResourceArn") ?? throw JsonBody.MissingMember("resourceArn"), tags =>
        {
            foreach (var (name, value) in call.Request.Query)
                if (name == "TagKeys") tags.Remove(value);
        });
        return SesV2Answer.Empty;
    }

    private void Change(Call call, string arn, Action<SortedDictionary<string, string>> change)
    {
        var region = state.In(call.Region);
        var (kind, name) = arn.Split(':', 6) is [_, _, "ses", _, _, var resource] && resource.Split('/', 2) is [var first, var rest] ? (first, rest) : ("", "");
        if (kind == "identity" && region.Identities.TryGetValue(name, out var identity))
        {
            change(identity.Tags);
            return;
        }
        var document = kind switch
        {
            "configuration-set" => region.ConfigurationSets.GetValueOrDefault(name)?.Document,
            "contact-list" => region.ContactLists.GetValueOrDefault(name)?.Document,
            "template" => region.Templates.GetValueOrDefault(name)?.Document,
            _ => null,
        } ?? throw SesV2Answer.NotFound("Resource", arn);
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        SesV2Answer.Merge(tags, document);
        change(tags);
        document["Tags"] = SesV2Answer.Tags(tags);
    }
}
