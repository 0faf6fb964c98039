using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

/// <summary>What a configuration names must be there.</summary>
internal static class ConfigReferences
{
    public static void Check(CloudFrontState state, ConfigKind kind, XElement config)
    {
        if (kind == ConfigKinds.KeyGroup && config.Element("Items")!.Elements().Any(key => !state.Of(ConfigKinds.PublicKey).ContainsKey(key.Value)))
            throw CloudFrontAnswer.Invalid("The key group contains a public key that does not exist.");
        if (kind == ConfigKinds.FieldLevelEncryptionProfile) CheckAll(state, config, "PublicKeyId", ConfigKinds.PublicKey);
        if (kind == ConfigKinds.FieldLevelEncryption) CheckAll(state, config, "ProfileId", ConfigKinds.FieldLevelEncryptionProfile);
        if (kind == ConfigKinds.ContinuousDeploymentPolicy) CheckStaging(state, config);
    }

    private static void CheckAll(CloudFrontState state, XElement config, string element, ConfigKind named)
    {
        if (config.Descendants(element).Any(id => !state.Of(named).ContainsKey(id.Value))) throw named.Missing();
    }

    private static void CheckStaging(CloudFrontState state, XElement config)
    {
        var staging = state.Distributions.Values.Where(distribution => distribution.Config.Tree.Flag("Staging")).Select(distribution => distribution.DomainName).ToHashSet();
        if (config.Descendants("DnsName").Any(name => !staging.Contains(name.Value)))
            throw new SandboxException(404, "NoSuchDistribution", "The specified staging distribution does not exist.");
    }
}
