using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Ses;

internal sealed class ReceiptRuleOperations(SesState state)
{
    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateReceiptRule", Create);
        operations.Add("UpdateReceiptRule", Update);
        operations.Add("DeleteReceiptRule", Delete);
        operations.Add("SetReceiptRulePosition", Move);
        operations.Add("ReorderReceiptRuleSet", Reorder);
    }

    private SandboxResponse Create(Call call)
    {
        var rules = ReceiptRuleSetOperations.Find(state, call).Rules;
        var rule = ReceiptRules.Read(state.World, call.Form);
        if (rules.Exists(known => known.Text("Name") == rule.Text("Name"))) throw new SandboxException(400, "AlreadyExists", $"Rule already exists: {rule.Text("Name")}");
        if (rules.Count >= ReceiptRules.MostRules) throw new SandboxException(400, "LimitExceeded", "The maximum number of receipt rules is reached.");
        rules.Insert(call.Form.Text("After") is { Length: > 0 } after ? IndexOf(rules, after) + 1 : 0, rule);
        return SesService.Answer(call);
    }

    private SandboxResponse Update(Call call)
    {
        var rules = ReceiptRuleSetOperations.Find(state, call).Rules;
        var rule = ReceiptRules.Read(state.World, call.Form);
        rules[IndexOf(rules, rule.Text("Name")!)] = rule;
        return SesService.Answer(call);
    }

    private SandboxResponse Delete(Call call)
    {
        ReceiptRuleSetOperations.Find(state, call).Rules.RemoveAll(rule => rule.Text("Name") == call.Form.Need("RuleName"));
        return SesService.Answer(call);
    }

    private SandboxResponse Move(Call call)
    {
        var rules = ReceiptRuleSetOperations.Find(state, call).Rules;
        var (name, after) = (call.Form.Need("RuleName"), call.Form.Text("After"));
        var rule = rules[IndexOf(rules, name)];
        if (after is { Length: > 0 }) IndexOf(rules, after);
        if (after == name) return SesService.Answer(call);
        rules.Remove(rule);
        rules.Insert(after is { Length: > 0 } ? IndexOf(rules, after) + 1 : 0, rule);
        return SesService.Answer(call);
    }

    /// <summary>All rules have to be named.</summary>
    private SandboxResponse Reorder(Call call)
    {
        var rules = ReceiptRuleSetOperations.Find(state, call).Rules;
        List<XElement> ordered = [.. call.Form.Members("RuleNames").Select(name => rules[IndexOf(rules, name.Text("") ?? "")])];
        if (ordered.Count != rules.Count || ordered.Distinct().Count() != ordered.Count) throw new SandboxException(400, "InvalidParameterValue", "Each rule of the set must be named once.");
        rules.Clear();
        rules.AddRange(ordered);
        return SesService.Answer(call);
    }

    private static int IndexOf(List<XElement> rules, string name) =>
        rules.FindIndex(rule => rule.Text("Name") == name) is var index and >= 0 ? index : throw new SandboxException(400, "RuleDoesNotExist", $"Rule does not exist: {name}");
}
