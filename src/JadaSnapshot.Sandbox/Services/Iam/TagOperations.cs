using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Iam;

/// <summary>The tags of roles and of the account's own policies.</summary>
internal sealed class TagOperations(IamState state)
{
    private const int MostTags = 50;

    public void AddTo(OperationTable operations)
    {
        Add("Role", call => state.Role(call.Form.Need("RoleName")).Tags);
        Add("Policy", call => state.OwnPolicy(call.Form.Need("PolicyArn")).Tags);

        void Add(string noun, Func<Call, SortedDictionary<string, string>> tags)
        {
            operations.Add($"List{noun}Tags", call => IamAnswer.Listing(call, "Tags", tags(call), tag => tag.Key, IamAnswer.Tag));
            operations.Add($"Tag{noun}", call => Tag(call, tags(call), noun));
            operations.Add($"Untag{noun}", call => Untag(call, tags(call)));
        }
    }

    private static SandboxResponse Tag(Call call, SortedDictionary<string, string> known, string noun)
    {
        var tags = call.Form.Members("Tags").Select(tag => (Key: tag.Need("Key"), Value: tag.Text("Value") ?? "")).ToList();
        if (known.Keys.Union(tags.Select(tag => tag.Key)).Count() > MostTags) throw IamErrors.Limit($"Cannot exceed quota for TagsPer{noun}: {MostTags}");
        foreach (var (key, value) in tags) known[key] = value;
        return IamAnswer.Of(call);
    }

    private static SandboxResponse Untag(Call call, SortedDictionary<string, string> known)
    {
        foreach (var key in call.Form.Members("TagKeys")) known.Remove(key.Text("") ?? "");
        return IamAnswer.Of(call);
    }
}
