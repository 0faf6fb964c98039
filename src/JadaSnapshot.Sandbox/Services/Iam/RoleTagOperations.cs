using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Iam;

internal sealed class RoleTagOperations(IamState state)
{
    private const int MostTags = 50;

    public void AddTo(OperationTable operations)
    {
        operations.Add("ListRoleTags", call => IamAnswer.Listing(call, "Tags", Role(call).Tags, tag => tag.Key, IamAnswer.Tag));
        operations.Add("TagRole", Tag);
        operations.Add("UntagRole", Untag);
    }

    private Role Role(Call call) => state.Role(call.Form.Need("RoleName"));

    private SandboxResponse Tag(Call call)
    {
        var role = Role(call);
        var tags = call.Form.Members("Tags").Select(tag => (Key: tag.Need("Key"), Value: tag.Text("Value") ?? "")).ToList();
        if (role.Tags.Keys.Union(tags.Select(tag => tag.Key)).Count() > MostTags) throw IamErrors.Limit($"Cannot exceed quota for TagsPerRole: {MostTags}");
        foreach (var (key, value) in tags) role.Tags[key] = value;
        return IamAnswer.Of(call);
    }

    private SandboxResponse Untag(Call call)
    {
        var role = Role(call);
        foreach (var key in call.Form.Members("TagKeys")) role.Tags.Remove(key.Text("") ?? "");
        return IamAnswer.Of(call);
    }
}
