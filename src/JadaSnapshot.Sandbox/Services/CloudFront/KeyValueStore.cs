using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

/// <summary>A store of keys and values that functions read. What it holds is another service's matter.</summary>
internal sealed class KeyValueStore
{
    public required string Name { get; init; }
    public required string Id { get; init; }
    public required string Arn { get; init; }
    public required string Comment { get; set; }
    public required string ETag { get; set; }
    public required DateTimeOffset Modified { get; set; }
    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public XElement Render() => new("KeyValueStore",
        new XElement("Name", Name),
        new XElement("Id", Id),
        new XElement("Comment", Comment),
        new XElement("ARN", Arn),
        new XElement("Status", "READY"),
        new XElement("LastModifiedTime", Modified.IsoMilliseconds()));

    public static SandboxException Missing() => new(404, "EntityNotFound", "The key value store entity was not found.");
}
