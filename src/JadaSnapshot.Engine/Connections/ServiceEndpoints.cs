using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Connections;

/// <summary>Where each service is called: what was given, else what environment and profile configure, else the partition's own name for it.</summary>
internal sealed class ServiceEndpoints(ConnectionOptions options, SharedConfiguration configuration)
{
    // Where a partition's global service does not follow the rule of Global(); as the SDKs' endpoint rules have it.
    private static readonly Dictionary<(string Partition, string Prefix), string> GlobalRegions = new()
    {
        [("aws-cn", "iam")] = "cn-north-1",
        [("aws-cn", "cloudfront")] = "cn-northwest-1",
    };

    private readonly Uri? _given = string.IsNullOrWhiteSpace(options.EndpointUrl) ? null : Parse(options.EndpointUrl);

    public Uri Of(AwsService service, string region) => OfAccount(service, _given ?? Configured(service) ?? Standard(service, region));

    public static string SigningRegion(AwsService service, string region) => service.IsGlobal ? GlobalRegion(service, Fn.Partition(region)) : region;

    // As the SDKs' endpoint rules have it; but nothing can stand in front of an address.
    private static Uri OfAccount(AwsService service, Uri endpoint) => service.AccountId is null || endpoint.HostNameType != UriHostNameType.Dns || endpoint.IsLoopback
        ? endpoint
        : new UriBuilder(endpoint) { Host = $"{service.AccountId}.{endpoint.Host}" }.Uri;

    private Uri? Configured(AwsService service)
    {
        try
        {
            var config = new BareClientConfig { ServiceId = service.ServiceId, IgnoreConfiguredEndpointUrls = configuration.IgnoreConfiguredEndpoints };
            if (configuration.ProfileIsExplicit) config.Profile = new Profile(configuration.ProfileName, options.ProfileLocation);
            return config.ServiceURL is { Length: > 0 } url ? Parse(url) : null;
        }
        catch (AmazonClientException e)
        {
            throw ConnectionFailures.Invalid("InvalidEndpoint", $"The endpoint configured for {service.ServiceId} (AWS_ENDPOINT_URL…, or endpoint_url of the profile) is not a URL. {e.Message}");
        }
    }

    private Uri Standard(AwsService service, string region)
    {
        var partition = Fn.Partition(region);
        var host = service.EndpointPrefix + (configuration.UseFips ? "-fips" : "");
        var isS3 = service.SigningName == "s3";
        if (configuration.UseDualStack && isS3) host += ".dualstack";
        var suffix = configuration.UseDualStack && !isS3 ? partition.dualStackDnsSuffix : partition.dnsSuffix;
        return new Uri($"https://{(service.IsGlobal ? Global(service, partition, host) : $"{host}.{region}")}.{suffix}");
    }

    private static string Global(AwsService service, Partition partition, string host) => partition.name switch
    {
        "aws-us-gov" => $"{host}.us-gov",
        "aws" => host,
        _ when service.EndpointPrefix == "route53" => host,
        _ => $"{host}.{GlobalRegion(service, partition)}",
    };

    private static string GlobalRegion(AwsService service, Partition partition) =>
        GlobalRegions.GetValueOrDefault((partition.name, service.EndpointPrefix), partition.implicitGlobalRegion);

    private static Uri Parse(string url) =>
        Uri.TryCreate(url.TrimEnd('/'), UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https" && endpoint.Query.Length == 0
            ? endpoint
            : throw ConnectionFailures.Invalid("InvalidEndpoint", "The endpoint is not a URL that starts with http:// or https://, such as http://127.0.0.1:4566.");
}
