using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace JadaSnapshot.Engine.Estate;

/// <summary>Writes a proposed estate file, with what its reader should know beside each line.</summary>
internal sealed class EstateFileText
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public static byte[] Write(EstateProposalOrder order, LiveEstate live, IReadOnlyList<string> regions, IReadOnlyList<SiteProposal> sites)
    {
        var text = new EstateFileText();
        text.Comment($"The estate as it was found on {DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}. What is proposed says why; look it through.");
        text.Comment("The cmdlets of JadaSnapshot use this file in its folder and below. Test-JadaEstate checks it.");
        text.Block("{", "}", () =>
        {
            text.Line($"\"account\": {Quote(live.Account)},");
            text.Line($"\"regions\": {List(regions)},");
            text.Gap();
            text.Comment("The folder that holds snapshots. Relative paths begin at this file.");
            text.Line($"\"store\": {Quote(order.Store)},");
            text.Snapshot(live);
            text.Recipients(order.ProtectTo);
            text.Scripts(order.ScriptProjects);
            text.Comment("Folders of this machine that belong to the estate.");
            text.Comment("\"localRoots\": { \"tools\": { \"path\": \"~/repos/tools\", \"exclude\": [\"node_modules/*\"], \"gitIgnore\": true } },");
            text.Gap();
            text.Comment("What buckets are for, where the rules of Get-JadaBucketInventory are wrong. The first pattern holds.");
            text.Comment("\"categories\": { \"ops-*\": \"Operational\" },");
            text.Gap();
            text.Differences(sites.SelectMany(site => site.Staging).SelectMany(pair => pair.UsuallyDifferent).Distinct());
            text.Block("\"sites\": {", "},", () =>
            {
                foreach (var site in sites) text.Site(site);
            });
        });
        return Encoding.UTF8.GetBytes(text._text.ToString());
    }

    private void Snapshot(LiveEstate live)
    {
        Block("\"snapshot\": {", "},", () =>
        {
            Comment("What has not changed since the latest snapshot is linked from it.");
            Line("\"base\": \"latest\",");
            Comment("\"excludeKeys\": [\"logs/*\", \"previous-snapshots/*\", \".git/*\"],");
            Comment("\"keepInS3\": { \"place\": \"s3://backup/kept\", \"above\": 100000000000 },  // buckets too large to carry: S3 keeps the copies");
            Comment("\"includeData\": true,  // the items of DynamoDB tables");
            if (live.Instances is { Count: > 0 } instances) Comment($"\"instanceSnapshots\": {List(instances)},  // each takes minutes, and room at Lightsail");
        });
        Gap();
    }

    private void Recipients(IReadOnlyList<string> recipients)
    {
        Comment("Who may open what is sealed: certificates and KMS keys. Without any, secrets are kept as fingerprints alone.");
        if (recipients.Count > 0) Line($"\"protectTo\": {List(recipients)},");
        else Comment("\"protectTo\": [\"alias/snapshots\", \"operations.cer\"],");
        Gap();
    }

    private void Scripts(IReadOnlyDictionary<string, string> projects)
    {
        Comment("Google lists no Apps Script projects: their script ids, from the settings in the script editor.");
        if (projects.Count == 0) Comment("\"scriptProjects\": { \"bookings\": \"1abc…\" },");
        else Block("\"scriptProjects\": {", "},", () =>
        {
            foreach (var (name, id) in projects.OrderBy(project => project.Key, StringComparer.Ordinal)) Line($"{Quote(name)}: {Quote(id)},");
        });
        Gap();
    }

    private void Differences(IEnumerable<string> keys)
    {
        Comment("Keys that are meant to differ between staging and production, and why; here, at a site, or at a pair.");
        List<string> there = [.. keys.Order(StringComparer.Ordinal)];
        if (there.Count == 0) Comment("\"meantToDiffer\": { \"robots.txt\": \"search engines are to leave staging alone\" },");
        else Block("\"meantToDiffer\": {", "},", () =>
        {
            foreach (var key in there) Line($"{Quote(key)}: {Quote(StagingProposal.UsuallyDifferent[key])},");
        });
        Gap();
    }

    private void Site(SiteProposal site) => Block($"{Quote(site.Name)}: {{", "},", () =>
    {
        if (site.Zones.Count > 0) Line($"\"zones\": {List(site.Zones)},");
        Names("\"buckets\": [", site.Buckets);
        if (site.Staging.Count + site.Remarks.Count > 0)
            Block("\"staging\": [", "],", () =>
            {
                foreach (var pair in site.Staging)
                {
                    Comment($"{pair.Why}.");
                    Line($"{{ \"place\": {Quote(pair.Staging.ToString())}, \"standsFor\": {Quote(pair.Production.ToString())} }},");
                }
                foreach (var remark in site.Remarks) Comment($"Not proposed: {remark}");
            });
        if (site.ProductionDistributions.Count + site.StagingDistributions.Count == 0) return;
        Block("\"distributions\": {", "},", () =>
        {
            Names("\"production\": [", site.ProductionDistributions);
            Names("\"staging\": [", site.StagingDistributions);
        });
    });

    private void Names(string opening, IReadOnlyList<Proposed> names)
    {
        if (names.Count > 0)
            Block(opening, "],", () =>
            {
                foreach (var name in names) Line($"{Quote(name.Name)},  // {OneLine(name.Why)}");
            });
    }

    private void Block(string opening, string closing, Action content)
    {
        Line(opening);
        _depth++;
        content();
        _depth--;
        Line(closing);
    }

    private void Comment(string words) => Line("// " + OneLine(words));

    private void Gap() => _text.Append('\n');

    private void Line(string line) => _text.Append(' ', _depth * 2).Append(line).Append('\n');

    private static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Quote))}]";

    private static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    // Names of others stand in comments: none may end one.
    private static string OneLine(string words) => string.Concat(words.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter));
}
