using System.Text.Json;
using System.Xml.Linq;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Ses;

/// <summary>
/// Brings back how mail is received, and the account's settings in a region
/// (<see href="https://docs.aws.amazon.com/ses/latest/APIReference/API_Operations.html"/>).
/// </summary>
internal sealed class ReceiptRestorer : Restorer
{
    private const string SetDocument = "receipt-rule-set.xml", Active = "active-receipt-rule-set.xml", Filters = "receipt-filters.xml", Account = "account.json";

    public override string Layer => SesLayer.LayerName;

    public override IReadOnlyList<string> Kinds => [MailKind.ReceiptRuleSet.Name, MailKind.Account.Name];

    public override RestorePhase Phase => RestorePhase.Mail;

    public override IReadOnlyList<RestorePart> Parts =>
    [
        new(SetDocument, PutRulesAsync),
        new(Account, PutAccountAsync),
        new(Filters, PutFiltersAsync),
        new(Active, PutActiveAsync),
    ];

    public override IReadOnlyList<Loss> Losses =>
    [
        new("*receipt-rule-set.xml", "*CreatedTimestamp", "is the time at which it was made"),
        new(Account, "ProductionAccessEnabled", "is granted by AWS on request"),
        new(Account, "EnforcementStatus", "is decided by AWS"),
        new(Account, "Details.ReviewDetails*", "is how AWS decided on a request"),
        new(Account, "DedicatedIpAutoWarmupEnabled", "goes with addresses of one's own, which AWS leases"),
    ];

    // The account says which rule set is active.
    public override int Rank(string kind) => kind == MailKind.Account.Name ? 4 : 3;

    public override Naming Naming(string kind) => kind == MailKind.Account.Name ? Recovery.Naming.Fixed : Recovery.Naming.Chosen;

    public override bool CanDelete(string kind) => kind != MailKind.Account.Name;

    public override bool IsAlwaysThere(string kind) => kind == MailKind.Account.Name;

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        if (work.Resource.Kind == MailKind.ReceiptRuleSet.Name)
            await MailCalls.OnceAsync(() => new MailCalls(work, cancel).SendAsync("CreateReceiptRuleSet", new KeyValuePair<string, string>("RuleSetName", work.Name)));
        work.Created(work.Resource.Kind == MailKind.Account.Name ? work.Region : work.Name);
    }

    public override Task DeleteAsync(RestoreWork work, CancellationToken cancel) => new MailCalls(work, cancel).SendAsync("DeleteReceiptRuleSet", new KeyValuePair<string, string>("RuleSetName", work.RequiredId));

    // Mail goes through the rules in their order.
    private static async Task PutRulesAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new MailCalls(work, cancel);
        KeyValuePair<string, string> set = new("RuleSetName", work.RequiredId);
        var (wanted, live) = (Rules(work.Documents.Xml(SetDocument)!, "DescribeReceiptRuleSetResult"), Rules((await calls.SendAsync("DescribeReceiptRuleSet", set)).Xml(), "DescribeReceiptRuleSetResult"));
        foreach (var gone in live.Keys.Except(wanted.Keys).ToList()) await calls.SendAsync("DeleteReceiptRule", set, new("RuleName", gone));
        string? before = null;
        foreach (var (name, rule) in wanted)
        {
            if (!live.TryGetValue(name, out var had)) await MailCalls.OnceAsync(() => calls.SendAsync("CreateReceiptRule", [set, .. After(before), .. MailCalls.Flatten("Rule", rule)]));
            else if (!XNode.DeepEquals(Sorted(rule), Sorted(had))) await calls.SendAsync("UpdateReceiptRule", [set, .. MailCalls.Flatten("Rule", rule)]);
            before = name;
        }
        if (!live.Keys.Where(wanted.ContainsKey).SequenceEqual(wanted.Keys.Where(live.ContainsKey), StringComparer.Ordinal))
            await calls.SendAsync("ReorderReceiptRuleSet", [set, .. wanted.Keys.Select((name, index) => new KeyValuePair<string, string>($"RuleNames.member.{index + 1}", name))]);
    }

    private static KeyValuePair<string, string>[] After(string? rule) => rule is null ? [] : [new("After", rule)];

    private static async Task PutAccountAsync(RestoreWork work, CancellationToken cancel)
    {
        const string path = "/v2/email/account";
        var calls = new MailCalls(work, cancel);
        var (wanted, live) = (work.Documents.Json(Account), await calls.GetAsync("GetAccount", path));
        if (wanted.Flag("SendingEnabled") is { } sends && sends != live.Flag("SendingEnabled")) await calls.SendAsync("PutAccountSendingAttributes", "PUT", $"{path}/sending", json => json.WriteBoolean("SendingEnabled", sends));
        if (MailCalls.Differs(wanted.Member("SuppressionAttributes"), live.Member("SuppressionAttributes"))) await calls.SendAsync("PutAccountSuppressionAttributes", "PUT", $"{path}/suppression", wanted.Member("SuppressionAttributes"));
        if (MailCalls.Differs(wanted.Member("VdmAttributes"), live.Member("VdmAttributes"))) await calls.SendAsync("PutAccountVdmAttributes", "PUT", $"{path}/vdm", json => json.WriteVerbatim("VdmAttributes", wanted.Member("VdmAttributes")));
        if (wanted.Member("Details") is { ValueKind: JsonValueKind.Object } details && MailCalls.Differs(details, live.Member("Details"))) await calls.SendAsync("PutAccountDetails", "POST", $"{path}/details", details, "ReviewDetails");
        if (wanted.Flag("ProductionAccessEnabled") == true && live.Flag("ProductionAccessEnabled") != true)
            work.Note($"Mail from {work.Region} goes to confirmed addresses alone until AWS grants production access: aws sesv2 put-account-details --production-access-enabled.");
    }

    private static async Task PutFiltersAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new MailCalls(work, cancel);
        var (wanted, live) = (FiltersIn(work.Documents.Xml(Filters)!), FiltersIn((await calls.SendAsync("ListReceiptFilters")).Xml()));
        // A filter cannot be changed.
        foreach (var (name, filter) in live)
            if (!wanted.TryGetValue(name, out var other) || !XNode.DeepEquals(Sorted(filter), Sorted(other))) await calls.SendAsync("DeleteReceiptFilter", new KeyValuePair<string, string>("FilterName", name));
        foreach (var (name, filter) in wanted)
            if (!live.TryGetValue(name, out var had) || !XNode.DeepEquals(Sorted(filter), Sorted(had))) await MailCalls.OnceAsync(() => calls.SendAsync("CreateReceiptFilter", [.. MailCalls.Flatten("Filter", filter)]));
    }

    private static Task<WireResponse> PutActiveAsync(RestoreWork work, CancellationToken cancel) => new MailCalls(work, cancel).SendAsync(
        "SetActiveReceiptRuleSet", work.Documents.Xml(Active)!.All("DescribeActiveReceiptRuleSetResult", "Metadata").FirstOrDefault()?.Text("Name") is { } name ? [new("RuleSetName", name)] : []);

    private static Dictionary<string, XElement> Rules(XElement document, string result) => document.All(result, "Rules", "member").Where(rule => rule.Text("Name") is not null).ToDictionary(rule => rule.Text("Name")!, StringComparer.Ordinal);

    private static Dictionary<string, XElement> FiltersIn(XElement document) => document.All("ListReceiptFiltersResult", "Filters", "member").Where(filter => filter.Text("Name") is not null).ToDictionary(filter => filter.Text("Name")!, StringComparer.Ordinal);

    // Members of a structure come in any order, items of a list in theirs.
    private static XElement Sorted(XElement element) => new(
        element.Name.LocalName, element.HasElements ? element.Elements().OrderBy(child => child.Name.LocalName, StringComparer.Ordinal).Select(Sorted) : element.Value);
}
