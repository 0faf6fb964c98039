using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

/// <summary>Which distribution a name leads to, and moving a name from one to another.</summary>
internal sealed class AliasOperations(CloudFrontState state)
{
    public void AddTo(OperationTable operations)
    {
        operations.Add("AssociateAlias", "PUT /2020-05-31/distribution/{TargetDistributionId}/associate-alias", Associate);
        operations.Add("ListConflictingAliases", "GET /2020-05-31/conflicting-alias", ListConflicting);
    }

    private SandboxResponse Associate(Call call)
    {
        var target = state.Distribution(call.Label("TargetDistributionId"));
        var alias = Alias(call);
        if (Is(target, alias)) return CloudFrontAnswer.Empty();
        CheckCertificate(target, alias);
        if (state.Distributions.Values.FirstOrDefault(distribution => Is(distribution, alias)) is { } source)
            Set(source, source.Aliases.Where(name => !name.Equals(alias, StringComparison.OrdinalIgnoreCase)));
        Set(target, target.Aliases.Append(alias));
        return CloudFrontAnswer.Empty();
    }

    /// <summary>Ids and accounts are half hidden, so that only their owner knows them again.</summary>
    private SandboxResponse ListConflicting(Call call)
    {
        var own = state.Distribution(call.Query("DistributionId") ?? throw CloudFrontAnswer.Invalid(Constraint.Missing("distributionId")));
        var alias = Alias(call);
        CheckCertificate(own, alias);
        var conflicts = state.Distributions.Values.Where(distribution => distribution != own)
            .SelectMany(distribution => distribution.Aliases.Where(name => Overlap(name, alias)).Select(name => (Name: name, distribution.Id)));
        return CloudFrontAnswer.Listing(call, "ConflictingAliasesList", older: false, conflicts, conflict => conflict.Name, conflict => new XElement("ConflictingAlias",
            new XElement("Alias", conflict.Name), new XElement("DistributionId", HalfHidden(conflict.Id)), new XElement("AccountId", HalfHidden(state.World.Account))));
    }

    private static string Alias(Call call) => call.Query("Alias") is { Length: > 0 } alias ? alias : throw CloudFrontAnswer.Invalid(Constraint.Missing("alias"));

    private void CheckCertificate(Distribution distribution, string alias)
    {
        try
        {
            CertificateRules.Check(state, distribution.Config.Tree.Element("ViewerCertificate"), [alias]);
        }
        catch (SandboxException refusal)
        {
            throw CloudFrontAnswer.Invalid(refusal.Message);
        }
    }

    private void Set(Distribution distribution, IEnumerable<string> aliases)
    {
        List<string> names = [.. aliases];
        var config = new XElement(distribution.Config.Tree);
        if (config.Element("Aliases") is null) config.Element("CallerReference")!.AddAfterSelf(new XElement("Aliases"));
        config.Element("Aliases")!.ReplaceNodes(new XElement("Quantity", names.Count), names.Count == 0 ? null : new XElement("Items", names.Select(name => new XElement("CNAME", name))));
        distribution.Config = KeptXml.From(config);
        state.Deploy(distribution);
    }

    private static bool Is(Distribution distribution, string alias) => distribution.Aliases.Contains(alias, StringComparer.OrdinalIgnoreCase);

    private static bool Overlap(string one, string other) => CertificateRules.StandsFor(one, other) || CertificateRules.StandsFor(other, one);

    private static string HalfHidden(string id) => new string('*', id.Length / 2) + id[(id.Length / 2)..];
}
