using System.Net;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Ses;

/// <summary>Networks whose mail is refused or taken before any rule is tried.</summary>
internal sealed class ReceiptFilterOperations(SesState state)
{
    private const int MostFilters = 100;

    public void AddTo(OperationTable operations)
    {
        operations.Add("ListReceiptFilters", call => SesService.Answer(call,
            new XElement("Filters", state.In(call.Region).Filters.Values.Select(filter => new XElement("member", filter.Elements())))));
        operations.Add("CreateReceiptFilter", Create);
        operations.Add("DeleteReceiptFilter", Delete);
    }

    private SandboxResponse Create(Call call)
    {
        var (filter, filters) = (call.Form.NeedTree("Filter"), state.In(call.Region).Filters);
        var name = filter.Need("Name", "ValidationError");
        ReceiptRules.CheckName(name);
        var rule = filter.NeedElement("IpFilter", "ValidationError");
        if (rule.Text("Policy") is not ("Block" or "Allow")) throw new SandboxException(400, "ValidationError", Constraint.NotInSet(rule.Text("Policy") ?? "", "filter.ipFilter.policy", ["Block", "Allow"]));
        var network = rule.Need("Cidr", "ValidationError");
        if (!IPNetwork.TryParse(network, out _) && !IPAddress.TryParse(network, out _)) throw new SandboxException(400, "ValidationError", $"Invalid CIDR: {network}");
        if (filters.Count >= MostFilters) throw new SandboxException(400, "LimitExceeded", "The maximum number of receipt filters is reached.");
        return filters.TryAdd(name, filter) ? SesService.Answer(call) : throw new SandboxException(400, "AlreadyExists", $"Filter already exists: {name}");
    }

    private SandboxResponse Delete(Call call)
    {
        state.In(call.Region).Filters.Remove(call.Form.Need("FilterName"));
        return SesService.Answer(call);
    }
}
