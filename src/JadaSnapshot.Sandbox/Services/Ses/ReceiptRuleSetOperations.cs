using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Ses;

internal sealed class ReceiptRuleSetOperations(SesState state)
{
    private const int MostItems = 100;
    private const int MostRuleSets = 40;

    public void AddTo(OperationTable operations)
    {
        operations.Add("ListReceiptRuleSets", List);
        operations.Add("DescribeReceiptRuleSet", call => Describe(call, Find(state, call)));
        operations.Add("DescribeActiveReceiptRuleSet", DescribeActive);
        operations.Add("CreateReceiptRuleSet", Create);
        operations.Add("SetActiveReceiptRuleSet", SetActive);
        operations.Add("DeleteReceiptRuleSet", Delete);
    }

    /// <exception cref="SandboxException">There is no such rule set.</exception>
    public static ReceiptRuleSet Find(SesState state, Call call) => Find(state, call, call.Form.Need("RuleSetName"));

    private static ReceiptRuleSet Find(SesState state, Call call, string name) =>
        state.In(call.Region).RuleSets.GetValueOrDefault(name) ?? throw new SandboxException(400, "RuleSetDoesNotExist", $"Rule set does not exist: {name}");

    private SandboxResponse List(Call call)
    {
        var page = state.In(call.Region).RuleSets.Values.After(Marker.Open(call.Form.Text("NextToken"), "InvalidParameterValue"), MostItems, set => set.Name);
        return SesService.Answer(call,
            new XElement("RuleSets", page.Items.Select(set => new XElement("member", Head(set)))),
            page.Marker is null ? null : new XElement("NextToken", Marker.Seal(page.Marker)));
    }

    private SandboxResponse DescribeActive(Call call) =>
        state.In(call.Region).ActiveRuleSet is { } active ? Describe(call, Find(state, call, active)) : SesService.Answer(call);

    private static SandboxResponse Describe(Call call, ReceiptRuleSet set) => SesService.Answer(call,
        new XElement("Metadata", Head(set)),
        new XElement("Rules", set.Rules.Select(rule => new XElement("member", rule.Elements()))));

    private SandboxResponse Create(Call call)
    {
        var (name, sets) = (call.Form.Need("RuleSetName"), state.In(call.Region).RuleSets);
        ReceiptRules.CheckName(name);
        if (sets.ContainsKey(name)) throw new SandboxException(400, "AlreadyExists", $"Rule set already exists: {name}");
        if (sets.Count >= MostRuleSets) throw new SandboxException(400, "LimitExceeded", "The maximum number of receipt rule sets is reached.");
        sets.Add(name, new ReceiptRuleSet { Name = name, Created = state.World.Now });
        return SesService.Answer(call);
    }

    /// <summary>Without a name, no rule set is active any more.</summary>
    private SandboxResponse SetActive(Call call)
    {
        state.In(call.Region).ActiveRuleSet = string.IsNullOrEmpty(call.Form.Text("RuleSetName")) ? null : Find(state, call).Name;
        return SesService.Answer(call);
    }

    private SandboxResponse Delete(Call call)
    {
        var (name, region) = (call.Form.Need("RuleSetName"), state.In(call.Region));
        if (region.ActiveRuleSet == name) throw new SandboxException(400, "CannotDelete", $"Cannot delete active rule set: {name}");
        region.RuleSets.Remove(name);
        return SesService.Answer(call);
    }

    private static IEnumerable<XElement> Head(ReceiptRuleSet set) => [new("Name", set.Name), new("CreatedTimestamp", set.Created.IsoMilliseconds())];
}
