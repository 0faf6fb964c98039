using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.Lambda;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

/// <summary>What a cache behaviour names must be there.</summary>
internal static class BehaviorRules
{
    public static void Check(CloudFrontState state, XElement config)
    {
        var origins = OriginRules.Ids(config);
        var behaviors = config.Element("CacheBehaviors")?.Element("Items")?.Elements("CacheBehavior") ?? [];
        foreach (var behavior in behaviors.Prepend(config.Element("DefaultCacheBehavior")!))
        {
            if (!origins.Contains(behavior.Need("TargetOriginId", "InvalidArgument")))
                throw new SandboxException(404, "NoSuchOrigin", "One or more of your origins or origin groups do not exist.");
            var policy = behavior.Need("ViewerProtocolPolicy", "InvalidArgument");
            if (policy is not ("allow-all" or "https-only" or "redirect-to-https")) throw CloudFrontAnswer.Invalid("The parameter ViewerProtocolPolicy is not valid.");
            if (behavior.Name == "CacheBehavior") _ = behavior.Need("PathPattern", "InvalidArgument");
            CheckPolicy(state, behavior, "CachePolicyId", ConfigKinds.CachePolicy);
            CheckPolicy(state, behavior, "OriginRequestPolicyId", ConfigKinds.OriginRequestPolicy);
            CheckPolicy(state, behavior, "ResponseHeadersPolicyId", ConfigKinds.ResponseHeadersPolicy);
            CheckPolicy(state, behavior, "FieldLevelEncryptionId", ConfigKinds.FieldLevelEncryption);
            CheckKeyGroups(state, behavior);
            CheckRealtimeLogs(state, behavior);
            CheckFunctions(state, behavior);
        }
    }

    private static void CheckPolicy(CloudFrontState state, XElement behavior, string element, ConfigKind kind)
    {
        var id = behavior.Text(element);
        if (!string.IsNullOrEmpty(id) && !state.Of(kind).ContainsKey(id)) throw kind.Missing();
    }

    private static void CheckKeyGroups(CloudFrontState state, XElement behavior)
    {
        foreach (var id in behavior.Descendants("KeyGroup"))
            if (!state.Of(ConfigKinds.KeyGroup).ContainsKey(id.Value))
                throw new SandboxException(400, "TrustedKeyGroupDoesNotExist", "The specified key group does not exist.");
    }

    private static void CheckRealtimeLogs(CloudFrontState state, XElement behavior)
    {
        if (behavior.Text("RealtimeLogConfigArn") is { Length: > 0 } arn && state.RealtimeLogConfigs.Values.All(config => config.Arn != arn))
            throw new SandboxException(404, "NoSuchRealtimeLogConfig", "The real-time log configuration does not exist.");
    }

    private static void CheckFunctions(CloudFrontState state, XElement behavior)
    {
        foreach (var arn in behavior.Descendants("FunctionARN").Select(element => element.Value))
            if (!state.Functions.Values.Any(function => function.Arn == arn && function.Live is not null))
                throw new SandboxException(400, "InvalidFunctionAssociation", $"The function {arn} does not exist or has not been published.");
        foreach (var arn in behavior.Descendants("LambdaFunctionARN").Select(element => element.Value))
            if (!state.World.Get<LambdaService>().HasPublishedVersion(arn))
                throw new SandboxException(400, "InvalidLambdaFunctionAssociation", "The specified Lambda function association is invalid: it must name a published version of a function in us-east-1.");
    }
}
