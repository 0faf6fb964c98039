using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>Tags of objects, from a header and from a document.</summary>
internal static class ObjectTags
{
    private const int MostTags = 10;

    public static IReadOnlyList<KeyValuePair<string, string>> FromHeader(string? header) =>
        header is null ? [] : Checked(RequestTarget.ParseQuery(header));

    public static IReadOnlyList<KeyValuePair<string, string>> FromDocument(XElement tagging) =>
        Checked([.. tagging.Children("TagSet").SelectMany(set => set.Children("Tag"))
            .Select(tag => new KeyValuePair<string, string>(tag.Child("Key") ?? throw S3Errors.MalformedXml(), tag.Child("Value") ?? ""))]);

    private static IReadOnlyList<KeyValuePair<string, string>> Checked(IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        if (tags.Count > MostTags) throw new SandboxException(400, "BadRequest", "Object tags cannot be greater than 10");
        if (tags.DistinctBy(tag => tag.Key).Count() < tags.Count) throw new SandboxException(400, "InvalidTag", "Cannot provide multiple Tags with the same key");
        if (tags.Any(tag => tag.Key.Length is 0 or > 128)) throw new SandboxException(400, "InvalidTag", "The TagKey you have provided is invalid");
        if (tags.Any(tag => tag.Value.Length > 256)) throw new SandboxException(400, "InvalidTag", "The TagValue you have provided is invalid");
        return tags;
    }
}
