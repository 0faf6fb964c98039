using JadaSnapshot.Engine.Layers.Acm;
using JadaSnapshot.Engine.Layers.ApiGateway;
using JadaSnapshot.Engine.Layers.CloudFront;
using JadaSnapshot.Engine.Layers.DynamoDb;
using JadaSnapshot.Engine.Layers.Lambda;
using JadaSnapshot.Engine.Layers.Lightsail;
using JadaSnapshot.Engine.Layers.LocalFiles;
using JadaSnapshot.Engine.Layers.Route53;
using JadaSnapshot.Engine.Layers.S3;
using JadaSnapshot.Engine.Layers.Ses;

namespace JadaSnapshot.Completion;

/// <summary>Completes names of resources of any layer.</summary>
public sealed class AnyResourceNames() : ResourceCompleter(layer: null);

/// <summary>Completes names of buckets.</summary>
public sealed class BucketNames() : ResourceCompleter(S3Layer.LayerName, "bucket");

/// <summary>Completes names of Lambda functions.</summary>
public sealed class FunctionNames() : ResourceCompleter(LambdaLayer.LayerName, "function");

/// <summary>Completes aliases and ids of distributions.</summary>
public class DistributionNames() : ResourceCompleter(CloudFrontLayer.LayerName, "distribution");

/// <summary>Completes ids of distributions; their aliases lead to them.</summary>
public sealed class DistributionIds : DistributionNames
{
    private protected override bool IsById => true;
}

/// <summary>Completes names and ids of hosted zones.</summary>
public sealed class ZoneNames() : ResourceCompleter(Route53Layer.LayerName, "hosted-zone");

/// <summary>Completes names of tables.</summary>
public sealed class TableNames() : ResourceCompleter(DynamoDbLayer.LayerName, "table");

/// <summary>Completes names and ids of APIs.</summary>
public sealed class ApiNames() : ResourceCompleter(ApiGatewayLayer.LayerName, "rest-api", "http-api", "websocket-api");

/// <summary>Completes domain names, ids and ARNs of certificates.</summary>
public sealed class CertificateNames() : ResourceCompleter(AcmLayer.LayerName, "certificate");

/// <summary>Completes domains and addresses that mail is sent by.</summary>
public sealed class IdentityNames() : ResourceCompleter(SesLayer.LayerName, "identity");

/// <summary>Completes names of Lightsail instances.</summary>
public sealed class InstanceNames() : ResourceCompleter(LightsailLayer.LayerName, "instance");

/// <summary>Completes names of local roots.</summary>
public sealed class LocalRootNames() : ResourceCompleter(LocalFilesLayer.LayerName, "local-root");
