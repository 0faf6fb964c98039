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

    private static int IndexOf(List<XElement> rules, string name) =>
        rules.FindIndex(rule => rule.Text("Name") == name) is var index and >= 0 ? index : throw new SandboxException(400, "RuleDoesNotExist", $"Rule does not exist: {name}");
}
