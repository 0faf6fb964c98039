using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Ses;

/// <summary>The topics that are told what became of an identity's mail.</summary>
internal sealed class NotificationOperations(SesState state)
{
    private const int MostIdentities = 100;
    private static readonly string[] Kinds = ["Bounce", "Complaint", "Delivery"];

    public void AddTo(OperationTable operations)
    {
        operations.Add("GetIdentityNotificationAttributes", Get);
        operations.Add("SetIdentityNotificationTopic", SetTopic);
        operations.Add("SetIdentityHeadersInNotificationsEnabled", SetHeaders);
    }

    /// <summary>Identities that there are not have no entry.</summary>
    private SandboxResponse Get(Call call)
    {
        List<string> names = [.. call.Form.Members("Identities").Select(member => member.Text("") ?? "")];
        if (names.Count > MostIdentities) throw new SandboxException(400, "InvalidParameterValue", $"At most {MostIdentities} identities at a time.");
        var known = names.Distinct().Select(state.In(call.Region).Identities.GetValueOrDefault).OfType<Identity>();
        return SesService.Answer(call, new XElement("NotificationAttributes", known.Select(identity =>
            new XElement("entry", new XElement("key", identity.Name), new XElement("value", Attributes(identity))))));
    }

    private SandboxResponse SetTopic(Call call)
    {
        var (identity, kind) = Find(call);
        var topic = call.Form.Text("SnsTopic");
        if (string.IsNullOrEmpty(topic)) identity.Topics.Remove(kind);
        else if (ReceiptRules.TopicPattern().IsMatch(topic)) identity.Topics[kind] = topic;
        else throw new SandboxException(400, "InvalidParameterValue", $"Invalid SNS topic: {topic}");
        return SesService.Answer(call);
    }

    private SandboxResponse SetHeaders(Call call)
    {
        var (identity, kind) = Find(call);
        identity.TopicHeaders[kind] = call.Form.Need("Enabled") == "true";
        return SesService.Answer(call);
    }

    private (Identity, string) Find(Call call)
    {
        var (name, kind) = (call.Form.Need("Identity"), call.Form.Need("NotificationType"));
        if (!Kinds.Contains(kind)) throw new SandboxException(400, "ValidationError", Constraint.NotInSet(kind, "notificationType", Kinds));
        var identity = state.In(call.Region).Identities.GetValueOrDefault(name) ?? throw new SandboxException(400, "InvalidParameterValue", $"Identity {name} does not exist.");
        return (identity, kind);
    }

    private static IEnumerable<XElement> Attributes(Identity identity) =>
    [
        .. identity.Topics.Select(topic => new XElement(topic.Key + "Topic", topic.Value)),
        new("ForwardingEnabled", identity.ForwardsFeedback),
        .. Kinds.Select(kind => new XElement($"HeadersIn{kind}NotificationsEnabled", identity.TopicHeaders.GetValueOrDefault(kind))),
    ];
}
