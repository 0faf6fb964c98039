using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

internal static class CloudFrontAnswer
{
    public const string Namespace = "http://cloudfront.amazonaws.com/doc/2020-05-31/";
    private const int MostItems = 100;

    public static SandboxResponse Of(XElement root, string? etag = null) => XmlAnswer.Of(root, Namespace, 200, etag is null ? [] : [new("ETag", etag)]);

    public static SandboxResponse Created(Call call, XElement root, string etag, string id) => XmlAnswer.Of(root, Namespace, 201,
        new KeyValuePair<string, string>("ETag", etag),
        new KeyValuePair<string, string>("Location", $"https://cloudfront.amazonaws.com{call.Request.RawPath}/{id}"));

    public static SandboxResponse Empty() => new();

    public static SandboxResponse NoContent() => new() { Status = 204 };

    /// <summary>One page of a list. Older lists say where they begin and whether they go on; newer ones only give NextMarker.</summary>
    public static SandboxResponse Listing<T>(Call call, string list, bool older, IEnumerable<T> items, Func<T, string> key, Func<T, XElement> render)
    {
        var size = call.PageSize("MaxItems", MostItems);
        var marker = call.Query("Marker") ?? "";
        var page = items.After(marker, size, key);
        return Of(new XElement(list,
            older ? new XElement("Marker", marker) : null,
            page.Marker is null ? null : new XElement("NextMarker", page.Marker),
            new XElement("MaxItems", size),
            older ? new XElement("IsTruncated", page.Marker is not null) : null,
            new XElement("Quantity", page.Items.Count),
            page.Items.Count == 0 ? null : new XElement("Items", page.Items.Select(render))));
    }

    /// <summary>A change names the version that it was made from.</summary>
    /// <exception cref="SandboxException">The version is missing, or no longer the present one.</exception>
    public static void CheckVersion(Call call, string etag)
    {
        var asked = call.Header("If-Match")?.Trim('"');
        if (string.IsNullOrEmpty(asked)) throw new SandboxException(400, "InvalidIfMatchVersion", "The If-Match version is missing or not valid for the resource.");
        if (asked != etag) throw new SandboxException(412, "PreconditionFailed", "The request failed because it didn't meet the preconditions in one or more request-header fields.");
    }

    public static SandboxException Invalid(string message) => new(400, "InvalidArgument", message);
}
