using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

/// <summary>What CloudFront demands of a DistributionConfig.</summary>
internal static partial class DistributionRules
{
    private static readonly string[] Required = ["CallerReference", "Origins", "DefaultCacheBehavior", "Comment", "Enabled"];

    public static void Check(CloudFrontState state, XElement config, Distribution? own)
    {
        foreach (var name in Required)
            if (config.Element(name) is null) throw CloudFrontAnswer.Invalid($"The parameter {name} is required.");
        CheckQuantities(config);
        if (config.Text("DefaultRootObject")?.StartsWith('/') == true) throw new SandboxException(400, "InvalidDefaultRootObject", "The default root object file name is too big or contains an invalid character.");
        CheckAliases(state, config, own);
        OriginRules.Check(state, config);
        BehaviorRules.Check(state, config);
    }

    /// <summary>Every list says how long it is.</summary>
    public static void CheckQuantities(XElement config)
    {
        foreach (var quantity in config.Descendants("Quantity"))
        {
            var counted = quantity.Parent!.Element("Items")?.Elements().Count() ?? 0;
            if (!int.TryParse(quantity.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var said) || said != counted)
                throw new SandboxException(400, "InconsistentQuantities", "The value of Quantity and the size of Items don't match.");
        }
    }

    private static void CheckAliases(CloudFrontState state, XElement config, Distribution? own)
    {
        List<string> aliases = [.. config.Element("Aliases")?.Element("Items")?.Elements("CNAME").Select(alias => alias.Value) ?? []];
        CertificateRules.Check(state, config.Element("ViewerCertificate"), aliases);
        if (aliases.Any(alias => !AliasPattern().IsMatch(alias))) throw CloudFrontAnswer.Invalid("The parameter CNAME contains one or more parameters that are not valid.");
        var taken = state.Distributions.Values.Where(other => other != own).SelectMany(other => other.Aliases).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (aliases.Any(taken.Contains) || aliases.Distinct(StringComparer.OrdinalIgnoreCase).Count() < aliases.Count)
            throw new SandboxException(409, "CNAMEAlreadyExists", "One or more of the CNAMEs you provided are already associated with a different resource.");
    }

    [GeneratedRegex(@"^(\*\.)?([a-zA-Z0-9_]([a-zA-Z0-9_-]*[a-zA-Z0-9_])?\.)+[a-zA-Z0-9-]{2,}$")]
    private static partial Regex AliasPattern();
}
