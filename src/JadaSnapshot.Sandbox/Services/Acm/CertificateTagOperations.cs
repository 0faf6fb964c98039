using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Acm;

internal sealed class CertificateTagOperations(AcmState state)
{
    private const int MostTags = 50;

    public void AddTo(OperationTable operations)
    {
        operations.Add("ListTagsForCertificate", List);
        operations.Add("AddTagsToCertificate", Add);
        operations.Add("RemoveTagsFromCertificate", Remove);
    }

    public static void Merge(Certificate certificate, JsonObject asked)
    {
        List<KeyValuePair<string, string>> tags = [.. asked.Parts("Tags").Select(tag => KeyValuePair.Create(tag.Need("Key"), tag.Text("Value") ?? ""))];
        if (tags.Any(tag => tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))) throw new SandboxException(400, "InvalidTagException", "A tag key cannot begin with aws:.");
        if (certificate.Tags.Keys.Union(tags.Select(tag => tag.Key)).Count() > MostTags) throw new SandboxException(400, "TooManyTagsException", $"A certificate can have at most {MostTags} tags.");
        foreach (var (key, value) in tags) certificate.Tags[key] = value;
    }

    private SandboxResponse List(Call call) => AcmState.Answer(new JsonObject
    {
        ["Tags"] = new JsonArray([.. state.Certificate(call).Tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]),
    });

    private SandboxResponse Add(Call call)
    {
        if (call.Json.List("Tags") is null) throw JsonBody.MissingMember("tags");
        Merge(state.Certificate(call), call.Json);
        return AcmState.Answer();
    }

    /// <summary>A tag that is named with a value is removed only where it has that value.</summary>
    private SandboxResponse Remove(Call call)
    {
        var tags = state.Certificate(call).Tags;
        foreach (var tag in call.Json.Parts("Tags"))
            if (tag.Text("Value") is not { } value || tags.GetValueOrDefault(tag.Need("Key")) == value) tags.Remove(tag.Need("Key"));
        return AcmState.Answer();
    }
}
