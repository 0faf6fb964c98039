using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.Ses;

namespace JadaSnapshot.Sandbox.Services.SesV2;

internal sealed class ContactListOperations(SesState state)
{
    private const string Lists = "/v2/email/contact-lists";
    private const int MostLists = 1;
    private const int MostTopics = 20;

    public void AddTo(OperationTable operations)
    {
        operations.Add("ListContactLists", $"GET {Lists}", List);
        operations.Add("GetContactList", $"GET {Lists}/{{ContactListName}}", call => JsonAnswer.Of(Find(call).Document.DeepClone()));
        operations.Add("CreateContactList", $"POST {Lists}", Create);
        operations.Add("UpdateContactList", $"PUT {Lists}/{{ContactListName}}", Update);
        operations.Add("DeleteContactList", $"DELETE {Lists}/{{ContactListName}}", Delete);
    }

    private ContactList Find(Call call) =>
        state.In(call.Region).ContactLists.GetValueOrDefault(call.Label("ContactListName")) ?? throw SesV2Answer.NotFound("List", call.Label("ContactListName"));

    private SandboxResponse List(Call call) => SesV2Answer.Listing(call, "ContactLists", state.In(call.Region).ContactLists, list => list.Key,
        list => new JsonObject { ["ContactListName"] = list.Key, ["LastUpdatedTimestamp"] = list.Value.Document["LastUpdatedTimestamp"]?.DeepClone() });

    private SandboxResponse Create(Call call)
    {
        var (name, lists) = (call.Json.Need("ContactListName"), state.In(call.Region).ContactLists);
        if (lists.ContainsKey(name)) throw SesV2Answer.Exists("List", name);
        if (lists.Count >= MostLists) throw new SandboxException(400, "LimitExceededException", $"An account can have at most {MostLists} contact list.");
        CheckTopics(call);
        var document = call.Json.DeepClone().AsObject();
        document["CreatedTimestamp"] = state.World.Now.Epoch();
        document["LastUpdatedTimestamp"] = state.World.Now.Epoch();
        lists.Add(name, new ContactList { Document = document });
        return SesV2Answer.Empty;
    }

    private SandboxResponse Update(Call call)
    {
        var document = Find(call).Document;
        CheckTopics(call);
        foreach (var (member, value) in call.Json) document[member] = value?.DeepClone();
        document["LastUpdatedTimestamp"] = state.World.Now.Epoch();
        return SesV2Answer.Empty;
    }

    private SandboxResponse Delete(Call call)
    {
        state.In(call.Region).ContactLists.Remove(Find(call).Document.Need("ContactListName"));
        return SesV2Answer.Empty;
    }

    private static void CheckTopics(Call call)
    {
        List<JsonObject> topics = [.. call.Json.Parts("Topics")];
        if (topics.Count > MostTopics) throw SesV2Answer.Bad($"A contact list can have at most {MostTopics} topics.");
        foreach (var topic in topics)
            foreach (var member in new[] { "TopicName", "DisplayName", "DefaultSubscriptionStatus" }) _ = topic.Need(member);
    }
}
