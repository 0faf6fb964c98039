using System.Xml.Linq;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>
/// Every change in CloudFront names the version that it was made from. Versions move with what they depend on as well, so that a change is
/// made anew from the version that has come meanwhile.
/// </summary>
internal static class VersionedChange
{
    /// <summary>Reads something and sends a change of what was read.</summary>
    public static Task<WireResponse> SendAsync(RestoreWork work, WireRequest read, Func<WireResponse, WireRequest> change, CancellationToken cancel)
    {
        var cloudFront = work.Wire(CloudFrontLayer.Service);
        return work.Patiently(
            async () =>
            {
                var seen = await cloudFront.SendAsync(read, cancel);
                var request = change(seen);
                return await cloudFront.SendAsync(request with { Headers = [.. request.Headers, new("If-Match", seen.Headers.GetValueOrDefault("ETag") ?? "")] }, cancel);
            },
            exception => exception.Code is "PreconditionFailed" or "InvalidIfMatchVersion", cancel);
    }

    /// <summary>Deletes something of the version that it has.</summary>
    public static Task<WireResponse> DeleteAsync(RestoreWork work, string operation, string path, WireRequest read, CancellationToken cancel) =>
        SendAsync(work, read, _ => new() { Operation = operation, Method = "DELETE", Path = path }, cancel);

    /// <summary>Makes a resource's tags those of the snapshot.</summary>
    public static async Task PutTagsAsync(RestoreWork work, string arn, CancellationToken cancel)
    {
        var cloudFront = work.Wire(CloudFrontLayer.Service);
        var (wanted, live) = (TagsOf(work.Documents.Xml(CloudFrontLayer.Tags)), TagsOf(work.Live.Xml(CloudFrontLayer.Tags)));
        var space = CloudFrontKinds.Namespace;
        if (wanted.Any(tag => live.GetValueOrDefault(tag.Key) != tag.Value))
            await cloudFront.SendAsync(Request("TagResource", "Tag", TagsElement(work.Documents.Xml(CloudFrontLayer.Tags))), cancel);
        var gone = live.Keys.Except(wanted.Keys).ToList();
        if (gone.Count > 0)
            await cloudFront.SendAsync(Request("UntagResource", "Untag", new(space + "TagKeys", new XElement(space + "Items", gone.Select(key => new XElement(space + "Key", key))))), cancel);

        WireRequest Request(string operation, string word, XElement body) => XmlRequest.Of(operation, "POST", CloudFrontKinds.Root + "tagging", body, new("Operation", word), new("Resource", arn));
    }

    /// <summary>Tags as requests have them.</summary>
    public static XElement TagsElement(XElement? tags) => tags?.In(CloudFrontKinds.Namespace) ?? new(CloudFrontKinds.Namespace + "Tags", new XElement(CloudFrontKinds.Namespace + "Items"));

    private static Dictionary<string, string> TagsOf(XElement? tags) =>
        tags?.All("Items", "Tag").ToDictionary(tag => tag.Text("Key") ?? "", tag => tag.Text("Value") ?? "", StringComparer.Ordinal) ?? [];
}
