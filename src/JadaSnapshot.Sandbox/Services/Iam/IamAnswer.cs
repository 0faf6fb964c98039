using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Iam;

internal static class IamAnswer
{
    public const string Namespace = "https://iam.amazonaws.com/doc/2010-05-08/";

    /// <summary>An answer of the Query protocol; without content there is no result element.</summary>
    public static SandboxResponse Of(Call call, params IReadOnlyList<object?> content) =>
        QueryService.Respond(call, Namespace, content.Count > 0 ? content : null);

    /// <summary>One page of a list, with IsTruncated and Marker.</summary>
    public static SandboxResponse Listing<T>(Call call, string list, IEnumerable<T> items, Func<T, string> key, Func<T, XElement> render)
    {
        var form = call.Form;
        var size = Call.PageSize(form.Text("MaxItems"), "maxItems", 1000, "ValidationError");
        if (form.Text("MaxItems") is null) size = 100;
        var page = items.After(Marker.Open(form.Text("Marker"), "ValidationError"), size, key);
        return Of(call,
            new XElement("IsTruncated", page.Marker is not null),
            new XElement(list, page.Items.Select(render)),
            page.Marker is null ? null : new XElement("Marker", Marker.Seal(page.Marker)));
    }

    public static XElement Tags(IReadOnlyDictionary<string, string> tags) => new("Tags", tags.Select(Tag));

    public static XElement Tag(KeyValuePair<string, string> tag) =>
        new("member", new XElement("Key", tag.Key), new XElement("Value", tag.Value));

    /// <summary>A policy document as IAM sends it: escaped as in a URL (RFC 3986).</summary>
    public static XElement Document(string name, string document) => new(name, Uri.EscapeDataString(document));
}
