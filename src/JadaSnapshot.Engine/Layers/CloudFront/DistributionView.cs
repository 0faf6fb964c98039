using System.Globalization;
using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>Distributions as typed objects, made of what the list says of them: looking at all of them takes one call for a hundred.</summary>
public sealed class DistributionView : ResourceView<Distribution>
{
    /// <inheritdoc/>
    public override string Layer => CloudFrontLayer.LayerName;

    /// <inheritdoc/>
    public override string Kind => CloudFrontKinds.Distributions.Name;

    /// <inheritdoc/>
    public override bool HasSharedParts => true;

    /// <inheritdoc/>
    public override string Folder(Resource resource) => CloudFrontKinds.Of(resource).FolderOf(resource);

    /// <inheritdoc/>
    public override bool Reads(string document) => document == CloudFrontKinds.Distributions.Document;

    /// <inheritdoc/>
    public override Distribution View(Resource resource, ResourceDocuments documents) =>
        Read(documents.Xml(CloudFrontKinds.Distributions.Document) ?? new("DistributionSummary", new XElement("Id", resource.Id)));

    internal static Distribution Read(XElement summary)
    {
        string[] aliases = [.. summary.All("Aliases", "Items", "CNAME").Select(alias => alias.Value)];
        DistributionOrigin[] origins = [.. summary.All("Origins", "Items", "Origin").Select(Origin)];
        var (environment, reason) = EnvironmentRules.OfDistribution(summary.Text("Staging") == "true", aliases, summary.Text("Comment"), origins);
        return new()
        {
            DistributionId = summary.Text("Id") ?? "",
            Arn = summary.Text("ARN"),
            DomainName = summary.Text("DomainName") ?? "",
            Aliases = aliases,
            Comment = summary.Text("Comment"),
            Enabled = summary.Text("Enabled") == "true",
            Status = summary.Text("Status"),
            PriceClass = summary.Text("PriceClass"),
            CertificateArn = summary.All("ViewerCertificate").FirstOrDefault()?.Text("ACMCertificateArn"),
            WebAclId = summary.Text("WebACLId"),
            LastModified = DateTimeOffset.TryParse(summary.Text("LastModifiedTime"), CultureInfo.InvariantCulture, out var modified) ? modified.ToUniversalTime() : null,
            Environment = environment,
            EnvironmentReason = reason,
            Origins = origins,
            Behaviors = [.. summary.All("CacheBehaviors", "Items", "CacheBehavior").Concat(summary.All("DefaultCacheBehavior")).Select(Behavior)],
        };
    }

    private static DistributionOrigin Origin(XElement origin)
    {
        var (domain, path) = (origin.Text("DomainName") ?? "", origin.Text("OriginPath") ?? "");
        var (kind, name) = OriginHost.Read(domain);
        var (environment, reason) = EnvironmentRules.OfOrigin(path, kind, name);
        return new() { Id = origin.Text("Id") ?? "", DomainName = domain, Path = path, Kind = kind, Name = name, Environment = environment, EnvironmentReason = reason };
    }

    private static DistributionBehavior Behavior(XElement behavior) => new()
    {
        PathPattern = behavior.Text("PathPattern") ?? "*",
        OriginId = behavior.Text("TargetOriginId") ?? "",
        ViewerProtocolPolicy = behavior.Text("ViewerProtocolPolicy"),
        CachePolicyId = behavior.Text("CachePolicyId"),
        OriginRequestPolicyId = behavior.Text("OriginRequestPolicyId"),
        ResponseHeadersPolicyId = behavior.Text("ResponseHeadersPolicyId"),
        FunctionArns = [.. behavior.All("FunctionAssociations", "Items", "FunctionAssociation", "FunctionARN").Select(arn => arn.Value)],
        LambdaFunctionArns = [.. behavior.All("LambdaFunctionAssociations", "Items", "LambdaFunctionAssociation", "LambdaFunctionARN").Select(arn => arn.Value)],
    };
}
