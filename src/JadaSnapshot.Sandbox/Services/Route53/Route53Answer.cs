using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Route53;

internal static class Route53Answer
{
    public const string Namespace = "https://route53.amazonaws.com/doc/2013-04-01/";

    /// <summary>An answer under the operation's own root element.</summary>
    public static SandboxResponse Of(Call call, params IReadOnlyList<object?> content) =>
        XmlAnswer.Of(new XElement(call.Request.Operation + "Response", content), Namespace);

    public static SandboxResponse Created(Call call, string location, params IReadOnlyList<object?> content) =>
        XmlAnswer.Of(new XElement(call.Request.Operation + "Response", content), Namespace, 201, new KeyValuePair<string, string>("Location", location));

    public static int PageSize(Call call, int most) => call.PageSize("maxitems", most, Route53Errors.InvalidInputCode);
}
