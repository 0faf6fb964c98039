using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

/// <summary>A CloudFront Function: what is being worked on, and what has been published.</summary>
internal sealed class EdgeFunction
{
    public required string Name { get; init; }
    public required string Arn { get; init; }
    public required EdgeFunctionStage Development { get; set; }
    public EdgeFunctionStage? Live { get; set; }
    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public IEnumerable<EdgeFunctionStage> Stages => Live is null ? [Development] : [Development, Live];

    /// <summary>The function in a stage, which is DEVELOPMENT unless said otherwise.</summary>
    public EdgeFunctionStage At(string? stage) => (stage is null or "" or "DEVELOPMENT" ? Development : stage == "LIVE" ? Live : null) ?? throw Missing();

    public XElement Summary(EdgeFunctionStage stage, bool associated) => new("FunctionSummary",
        new XElement("Name", Name),
        new XElement("Status", Live is null ? "UNPUBLISHED" : associated ? "DEPLOYED" : "UNASSOCIATED"),
        stage.Config.Element(),
        new XElement("FunctionMetadata",
            new XElement("FunctionARN", Arn),
            new XElement("Stage", stage == Live ? "LIVE" : "DEVELOPMENT"),
            new XElement("CreatedTime", stage.Created.IsoMilliseconds()),
            new XElement("LastModifiedTime", stage.Modified.IsoMilliseconds())));

    public static SandboxException Missing() => new(404, "NoSuchFunctionExists", "The specified function does not exist.");
}

internal sealed record EdgeFunctionStage(KeptXml Config, byte[] Code, string ETag, DateTimeOffset Created, DateTimeOffset Modified)
{
    /// <summary>The ARNs of the key value stores that it reads.</summary>
    public IEnumerable<string> KeyValueStores => Config.Tree.Descendants("KeyValueStoreARN").Select(arn => arn.Value);
}
