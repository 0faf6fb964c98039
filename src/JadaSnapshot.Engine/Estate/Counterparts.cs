using System.Text.RegularExpressions;
using JadaSnapshot.Engine.Inventory;

namespace JadaSnapshot.Engine.Estate;

/// <summary>Finds the production distribution that a staging distribution is the staging of.</summary>
internal sealed partial class Counterparts(IReadOnlyList<Distribution> distributions)
{
    private readonly List<Distribution> _production = [.. distributions.Where(distribution => distribution.Environment == DeploymentEnvironment.Production)];

    /// <summary>The distribution, and what tells; null where nothing does, or several could be it.</summary>
    public (Distribution Production, string Why)? Of(Distribution staging) =>
        ByAlias(staging) ?? ByComment(staging) ?? ByOrigin(staging);

    private (Distribution, string)? ByAlias(Distribution staging) =>
        (from alias in staging.Aliases
         where NameWords.StagingMark(alias) is not null
         from production in _production
         where production.Aliases.Contains(StagingProposal.Unmarked(alias))
         select ((Distribution, string)?)(production, $"its alias is {alias}")).FirstOrDefault();

    private (Distribution, string)? ByComment(Distribution staging) =>
        (from host in Hosts().Matches(staging.Comment ?? "")
         from production in _production
         where production.Aliases.Contains(host.Value)
         select ((Distribution, string)?)(production, $"its comment names {host.Value}")).FirstOrDefault();

    private (Distribution, string)? ByOrigin(Distribution staging)
    {
        var hosts = staging.Origins.Select(origin => origin.DomainName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var same = _production.Where(production => production.Origins.Any(origin => hosts.Contains(origin.DomainName))).Take(2).ToList();
        return same is [var only] ? (only, $"both read from {only.Origins.First(origin => hosts.Contains(origin.DomainName)).DomainName}") : null;
    }

    [GeneratedRegex(@"[a-z0-9-]+(\.[a-z0-9-]+)+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Hosts();
}
