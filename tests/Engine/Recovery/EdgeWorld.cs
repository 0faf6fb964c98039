using System.Text;
using System.Xml.Linq;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Engine.Tests.Recovery;

/// <summary>Makes things of CloudFront in a sandbox, by a client that shares no code with the engine.</summary>
internal sealed class EdgeWorld(SandboxHost host)
{
    private const string Api = "/2020-05-31/";
    private const string Xmlns = "xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"";

    private string LogStream => $"<member><StreamType>Kinesis</StreamType><KinesisStreamConfig><RoleARN>arn:aws:iam::{host.Options.Account}:role/logs</RoleARN><StreamARN>arn:aws:kinesis:us-east-1:{host.Options.Account}:stream/edge</StreamARN></KinesisStreamConfig></member>";

    public Task<XElement?> SendAsync(string method, string path, string? body = null, params (string, string)[] headers) => SandboxXml.SendAsync(host, "cloudfront", method, Api + path, body, headers);

    /// <summary>Makes one of a kind and gives its id.</summary>
    public async Task<string> MakeAsync(string path, string element, string content) =>
        Text(await SendAsync("POST", path, $"<{element} {Xmlns}>{content}</{element}>"), "Id")!;

    /// <summary>One of everything that distributions share, and a distribution that uses it, with another of staging.</summary>
    public async Task<(string Primary, string Staging)> MakeEverythingAsync()
    {
        var key = await MakeAsync("public-key", "PublicKeyConfig", "<CallerReference>k</CallerReference><Name>crew</Name><EncodedKey>-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n</EncodedKey><Comment>Signs</Comment>");
        var keys = await MakeAsync("key-group", "KeyGroupConfig", $"<Name>crew</Name><Items><PublicKey>{key}</PublicKey></Items><Comment>Links</Comment>");
        var control = await MakeAsync("origin-access-control", "OriginAccessControlConfig", "<Name>assets</Name><Description>Reads</Description><SigningProtocol>sigv4</SigningProtocol><SigningBehavior>always</SigningBehavior><OriginAccessControlOriginType>s3</OriginAccessControlOriginType>");
        var identity = await MakeAsync("origin-access-identity/cloudfront", "CloudFrontOriginAccessIdentityConfig", "<CallerReference>o</CallerReference><Comment>Reads the gallery</Comment>");
        var cache = await MakeAsync("cache-policy", "CachePolicyConfig", "<Comment>A day</Comment><Name>day</Name><DefaultTTL>86400</DefaultTTL><MaxTTL>604800</MaxTTL><MinTTL>1</MinTTL>");
        var request = await MakeAsync("origin-request-policy", "OriginRequestPolicyConfig", "<Comment>All</Comment><Name>visitor</Name><HeadersConfig><HeaderBehavior>none</HeaderBehavior></HeadersConfig><CookiesConfig><CookieBehavior>none</CookieBehavior></CookiesConfig><QueryStringsConfig><QueryStringBehavior>all</QueryStringBehavior></QueryStringsConfig>");
        var response = await MakeAsync("response-headers-policy", "ResponseHeadersPolicyConfig", "<Comment>Told</Comment><Name>headers</Name>");
        var profile = await MakeAsync("field-level-encryption-profile", "FieldLevelEncryptionProfileConfig", $"<Name>cards</Name><CallerReference>p</CallerReference><Comment>Cards</Comment><EncryptionEntities><Quantity>1</Quantity><Items><EncryptionEntity><PublicKeyId>{key}</PublicKeyId><ProviderId>bank</ProviderId><FieldPatterns><Quantity>1</Quantity><Items><FieldPattern>card</FieldPattern></Items></FieldPatterns></EncryptionEntity></Items></EncryptionEntities>");
        var fields = await MakeAsync("field-level-encryption", "FieldLevelEncryptionConfig", $"<CallerReference>f</CallerReference><Comment>Cards are sealed</Comment><QueryArgProfileConfig><ForwardWhenQueryArgProfileIsUnknown>false</ForwardWhenQueryArgProfileIsUnknown></QueryArgProfileConfig><ContentTypeProfileConfig><ForwardWhenContentTypeIsUnknown>true</ForwardWhenContentTypeIsUnknown><ContentTypeProfiles><Quantity>1</Quantity><Items><ContentTypeProfile><Format>URLEncoded</Format><ProfileId>{profile}</ProfileId><ContentType>application/x-www-form-urlencoded</ContentType></ContentTypeProfile></Items></ContentTypeProfiles></ContentTypeProfileConfig>");
        var store = await SendAsync("POST", "key-value-store", $"<CreateKeyValueStoreRequest {Xmlns}><Name>redirects</Name><Comment>Old paths</Comment></CreateKeyValueStoreRequest>");
        var function = await MakeFunctionAsync("rewrite", Text(store, "ARN")!, Text(store, "Id")!);
        await SendAsync("POST", "realtime-log-config", $"<CreateRealtimeLogConfigRequest {Xmlns}><EndPoints>{LogStream}</EndPoints><Fields><Field>timestamp</Field></Fields><Name>edge</Name><SamplingRate>5</SamplingRate></CreateRealtimeLogConfigRequest>");

        var staging = (await SendAsync("POST", "distribution", Distribution("staging", "Staging", staging: true)))!;
        var policy = await MakeAsync("continuous-deployment-policy", "ContinuousDeploymentPolicyConfig", $"<StagingDistributionDnsNames><Quantity>1</Quantity><Items><DnsName>{Text(staging, "DomainName")}</DnsName></Items></StagingDistributionDnsNames><Enabled>true</Enabled><TrafficConfig><Type>SingleWeight</Type><SingleWeightConfig><Weight>0.05</Weight></SingleWeightConfig></TrafficConfig>");
        var behavior = $"<TrustedKeyGroups><Enabled>true</Enabled><Quantity>1</Quantity><Items><KeyGroup>{keys}</KeyGroup></Items></TrustedKeyGroups><FunctionAssociations><Quantity>1</Quantity><Items><FunctionAssociation><FunctionARN>{function}</FunctionARN><EventType>viewer-request</EventType></FunctionAssociation></Items></FunctionAssociations><FieldLevelEncryptionId>{fields}</FieldLevelEncryptionId><RealtimeLogConfigArn>arn:aws:cloudfront::{host.Options.Account}:realtime-log-config/edge</RealtimeLogConfigArn><CachePolicyId>{cache}</CachePolicyId><OriginRequestPolicyId>{request}</OriginRequestPolicyId><ResponseHeadersPolicyId>{response}</ResponseHeadersPolicyId>";
        var primary = (await SendAsync("POST", "distribution?WithTags", $"<DistributionConfigWithTags {Xmlns}>{Distribution("primary", "Primary", behavior, control, identity, policy)}<Tags><Items><Tag><Key>site</Key><Value>sailjada.com</Value></Tag></Items></Tags></DistributionConfigWithTags>"))!;
        await SendAsync("POST", $"distributions/{Text(primary, "Id")}/monitoring-subscription", $"<MonitoringSubscription {Xmlns}><RealtimeMetricsSubscriptionConfig><RealtimeMetricsSubscriptionStatus>Enabled</RealtimeMetricsSubscriptionStatus></RealtimeMetricsSubscriptionConfig></MonitoringSubscription>");
        return (Text(primary, "Id")!, Text(staging, "Id")!);
    }

    /// <summary>Changes one setting of each.</summary>
    public async Task ChangeEverythingAsync(string primary)
    {
        foreach (var (path, item, from, updatesConfig) in new[]
        {
            ("public-key", "PublicKeySummary", "Signs", true), ("key-group", "KeyGroupSummary", "Links", false), ("origin-access-control", "OriginAccessControlSummary", "Reads", true),
            ("origin-access-identity/cloudfront", "CloudFrontOriginAccessIdentitySummary", "gallery", true), ("cache-policy", "CachePolicySummary", "86400", false),
            ("origin-request-policy", "OriginRequestPolicySummary", "All", false), ("response-headers-policy", "ResponseHeadersPolicySummary", "Told", false),
            ("field-level-encryption-profile", "FieldLevelEncryptionProfileSummary", "Cards", true), ("field-level-encryption", "FieldLevelEncryptionSummary", "sealed", true),
            ("continuous-deployment-policy", "ContinuousDeploymentPolicySummary", "0.05", false),
        })
        {
            var own = (await SendAsync("GET", path + (path.EndsWith("policy", StringComparison.Ordinal) && !path.StartsWith("continuous", StringComparison.Ordinal) ? "?Type=custom" : "")))!;
            var id = Text(own.Descendants().First(each => each.Name.LocalName == item), "Id")!;
            await ChangeAsync(path, id, from, from == "86400" ? "7" : from == "0.05" ? "0.1" : "Otherwise", updatesConfig);
        }
        await ChangeAsync("distribution", primary, "Primary", "Otherwise");
        await SendAsync("POST", $"tagging?Operation=Tag&Resource={Uri.EscapeDataString($"arn:aws:cloudfront::{host.Options.Account}:distribution/{primary}")}", $"<Tags {Xmlns}><Items><Tag><Key>new</Key><Value>one</Value></Tag></Items></Tags>");
        await SendAsync("POST", $"tagging?Operation=Untag&Resource={Uri.EscapeDataString($"arn:aws:cloudfront::{host.Options.Account}:distribution/{primary}")}", $"<TagKeys {Xmlns}><Items><Key>site</Key></Items></TagKeys>");
        await SendAsync("DELETE", $"distributions/{primary}/monitoring-subscription");
        await SendAsync("PUT", "realtime-log-config", $"<UpdateRealtimeLogConfigRequest {Xmlns}><EndPoints>{LogStream}</EndPoints><Fields><Field>timestamp</Field></Fields><Name>edge</Name><SamplingRate>7</SamplingRate></UpdateRealtimeLogConfigRequest>");
        await SendAsync("PUT", "key-value-store/redirects", $"<UpdateKeyValueStoreRequest {Xmlns}><Comment>Otherwise</Comment></UpdateKeyValueStoreRequest>", ("If-Match", await VersionAsync("key-value-store/redirects")));
        await SendAsync("POST", "function/rewrite/publish", "", ("If-Match", await VersionAsync("function/rewrite/describe")));
    }

    /// <summary>A configuration of a distribution.</summary>
    public static string Distribution(string reference, string comment, string behavior = "", string control = "", string identity = "", string policy = "", bool staging = false, string alias = "", string certificate = "") => $"""
        <DistributionConfig {Xmlns}><CallerReference>{reference}</CallerReference><Aliases><Quantity>{(alias.Length == 0 ? 0 : 1)}</Quantity>{(alias.Length == 0 ? "" : $"<Items><CNAME>{alias}</CNAME></Items>")}</Aliases><Origins><Quantity>2</Quantity><Items><Origin><Id>assets</Id><DomainName>assets.s3.us-west-2.amazonaws.com</DomainName><OriginPath></OriginPath><S3OriginConfig><OriginAccessIdentity></OriginAccessIdentity></S3OriginConfig><OriginAccessControlId>{control}</OriginAccessControlId></Origin><Origin><Id>gallery</Id><DomainName>gallery.s3.us-west-2.amazonaws.com</DomainName><OriginPath></OriginPath><S3OriginConfig><OriginAccessIdentity>{(identity.Length == 0 ? "" : "origin-access-identity/cloudfront/" + identity)}</OriginAccessIdentity></S3OriginConfig></Origin></Items></Origins><DefaultCacheBehavior><TargetOriginId>assets</TargetOriginId><ViewerProtocolPolicy>https-only</ViewerProtocolPolicy>{behavior}</DefaultCacheBehavior><CacheBehaviors><Quantity>0</Quantity></CacheBehaviors><Comment>{comment}</Comment><Enabled>true</Enabled>{(certificate.Length == 0 ? "" : $"<ViewerCertificate><ACMCertificateArn>{certificate}</ACMCertificateArn><SSLSupportMethod>sni-only</SSLSupportMethod></ViewerCertificate>")}<ContinuousDeploymentPolicyId>{policy}</ContinuousDeploymentPolicyId><Staging>{(staging ? "true" : "false")}</Staging></DistributionConfig>
        """;

    /// <summary>Changes a text in the configuration of something that has a version.</summary>
    public async Task ChangeAsync(string path, string id, string from, string to, bool updatesConfig = true)
    {
        var config = (await SendAsync("GET", $"{path}/{id}/config"))!.ToString(SaveOptions.DisableFormatting);
        if (!config.Contains(from, StringComparison.Ordinal)) throw new InvalidOperationException($"{path}/{id} does not say {from}: {config}");
        await SendAsync("PUT", $"{path}/{id}{(updatesConfig ? "/config" : "")}", config.Replace(from, to, StringComparison.Ordinal), ("If-Match", await VersionAsync($"{path}/{id}/config")));
    }

    /// <summary>The ids of a list.</summary>
    public async Task<IReadOnlyList<string>> IdsAsync(string path, string item) => [.. (await SendAsync("GET", path))!.Descendants().Where(each => each.Name.LocalName == item).Select(each => Text(each, "Id") ?? "")];

    public static string? Text(XElement? element, string name) => element?.Descendants().FirstOrDefault(each => each.Name.LocalName == name)?.Value;

    /// <summary>The version of something.</summary>
    public async Task<string> VersionAsync(string path)
    {
        using var client = new SandboxClient(host) { Service = "cloudfront" };
        return (await client.GetAsync(Api + path)).Headers["ETag"];
    }

    private async Task<string> MakeFunctionAsync(string name, string storeArn, string storeId)
    {
        var config = $"<FunctionConfig><Comment>Shows folders</Comment><Runtime>cloudfront-js-2.0</Runtime><KeyValueStoreAssociations><Quantity>1</Quantity><Items><KeyValueStoreAssociation><KeyValueStoreARN>{storeArn}</KeyValueStoreARN></KeyValueStoreAssociation></Items></KeyValueStoreAssociations></FunctionConfig>";
        var made = await SendAsync("POST", "function", $"<CreateFunctionRequest {Xmlns}><Name>{name}</Name>{config}<FunctionCode>{Code("live")}</FunctionCode></CreateFunctionRequest>");
        await SendAsync("POST", $"function/{name}/publish", "", ("If-Match", await VersionAsync($"function/{name}/describe")));
        await SendAsync("PUT", $"function/{name}", $"<UpdateFunctionRequest {Xmlns}>{config}<FunctionCode>{Code("in work")}</FunctionCode></UpdateFunctionRequest>", ("If-Match", await VersionAsync($"function/{name}/describe")));
        return Text(made, "FunctionARN")!;

        string Code(string what) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"// {what}\nconst store = cf.kvs('{storeId}');\n"));
    }
}
