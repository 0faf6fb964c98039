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
public sealed class AnyResourceNames : ResourceCompleter;

/// <summary>Completes names of buckets.</summary>
public sealed class BucketNames : ResourceCompleter
{
    private protected override string Layer => S3Layer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["bucket"];
}

/// <summary>Completes names of Lambda functions.</summary>
public sealed class FunctionNames : ResourceCompleter
{
    private protected override string Layer => LambdaLayer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["function"];
}

/// <summary>Completes aliases and ids of distributions.</summary>
public class DistributionNames : ResourceCompleter
{
    private protected sealed override string Layer => CloudFrontLayer.LayerName;

    private protected sealed override IReadOnlyList<string> Kinds => ["distribution"];
}

/// <summary>Completes ids of distributions; their aliases lead to them.</summary>
public sealed class DistributionIds : DistributionNames
{
    private protected override bool IsById => true;
}

/// <summary>Completes names and ids of hosted zones.</summary>
public sealed class ZoneNames : ResourceCompleter
{
    private protected override string Layer => Route53Layer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["hosted-zone"];
}

/// <summary>Completes names of tables.</summary>
public sealed class TableNames : ResourceCompleter
{
    private protected override string Layer => DynamoDbLayer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["table"];
}

/// <summary>Completes names and ids of APIs.</summary>
public sealed class ApiNames : ResourceCompleter
{
    private protected override string Layer => ApiGatewayLayer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["rest-api", "http-api", "websocket-api"];
}

/// <summary>Completes domain names, ids and ARNs of certificates.</summary>
public sealed class CertificateNames : ResourceCompleter
{
    private protected override string Layer => AcmLayer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["certificate"];
}

/// <summary>Completes domains and addresses that mail is sent by.</summary>
public sealed class IdentityNames : ResourceCompleter
{
    private protected override string Layer => SesLayer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["identity"];
}

/// <summary>Completes names of Lightsail instances.</summary>
public sealed class InstanceNames : ResourceCompleter
{
    private protected override string Layer => LightsailLayer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["instance"];
}

/// <summary>Completes names of local roots.</summary>
public sealed class LocalRootNames : ResourceCompleter
{
    private protected override string Layer => LocalFilesLayer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["local-root"];
}
