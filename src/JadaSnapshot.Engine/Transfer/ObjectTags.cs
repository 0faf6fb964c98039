using System.Xml;
using System.Xml.Linq;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>Reads an object's tags.</summary>
internal static class ObjectTags
{
    public static Task<Dictionary<string, string>> GetTagsAsync(this S3Client s3, string bucket, ListedObject listed, CancellationToken cancel) =>
        s3.GetDocumentAsync(new() { Operation = "GetObjectTagging", Bucket = bucket, Key = listed.Key, Query = S3Path.Query(("tagging", ""), ("versionId", listed.VersionId)) }, Read, cancel);

    private static Dictionary<string, string> Read(byte[] document)
    {
        Dictionary<string, string> tags = new(StringComparer.Ordinal);
        foreach (var tag in document.ToXml().Descendants().Where(element => element.Name.LocalName == "Tag"))
            tags[Child(tag, "Key")] = Child(tag, "Value");
        return tags;
    }

    private static string Child(XElement tag, string name) =>
        tag.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value ?? throw new XmlException($"A tag has no {name}.");
}
