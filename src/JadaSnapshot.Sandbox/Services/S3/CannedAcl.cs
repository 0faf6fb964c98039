using System.Xml;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>Access control lists that a request names instead of writing them out.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl</remarks>
internal static class CannedAcl
{
    private const string Everybody = "http://acs.amazonaws.com/groups/global/AllUsers";
    private const string Authenticated = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
    private const string LogDelivery = "http://acs.amazonaws.com/groups/s3/LogDelivery";
    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";

    private static readonly string[] Permissions = ["read", "write", "read-acp", "write-acp", "full-control"];

    public static byte[] Private(string owner) => Write(owner, []);

    /// <summary>The list that <c>x-amz-acl</c> or the <c>x-amz-grant-</c> headers of a request stand for.</summary>
    public static byte[] Document(S3Call call)
    {
        var owner = call.Store.OwnerId;
        var name = call.Header("x-amz-acl");
        if (name is not null) return Write(owner, Canned(name));
        var grants = Permissions.SelectMany(permission => Grants(call.Header("x-amz-grant-" + permission), permission.ToUpperInvariant().Replace('-', '_'))).ToList();
        return grants.Count > 0 ? Write(owner, grants, withOwner: false) : throw new Hosting.SandboxException(400, "MissingSecurityHeader", "Your request was missing a required header") { Details = [new("MissingHeaderName", "x-amz-acl")] };
    }

    private static (string Grantee, string Permission)[] Canned(string name) => name switch
    {
        "private" or "bucket-owner-full-control" or "bucket-owner-read" => [],
        "public-read" => [(Everybody, "READ")],
        "public-read-write" => [(Everybody, "READ"), (Everybody, "WRITE")],
        "authenticated-read" => [(Authenticated, "READ")],
        "log-delivery-write" => [(LogDelivery, "WRITE"), (LogDelivery, "READ_ACP")],
        _ => throw S3Errors.InvalidArgument("", "x-amz-acl", name),
    };

    private static IEnumerable<(string Grantee, string Permission)> Grants(string? header, string permission)
    {
        foreach (var grantee in (header ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            yield return (grantee[(grantee.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim('"'), permission);
    }

    private static byte[] Write(string owner, IReadOnlyList<(string Grantee, string Permission)> grants, bool withOwner = true) =>
        S3Xml.Document("AccessControlPolicy", writer =>
        {
            writer.Owner(owner);
            writer.WriteStartElement("AccessControlList");
            if (withOwner) Grant(writer, owner, "FULL_CONTROL");
            foreach (var (grantee, permission) in grants) Grant(writer, grantee, permission);
            writer.WriteEndElement();
        });

    private static void Grant(XmlWriter writer, string grantee, string permission)
    {
        var isGroup = grantee.StartsWith("http", StringComparison.Ordinal);
        writer.WriteStartElement("Grant");
        writer.WriteStartElement("Grantee");
        writer.WriteAttributeString("xmlns", "xsi", null, Instance);
        writer.WriteAttributeString("xsi", "type", Instance, isGroup ? "Group" : "CanonicalUser");
        writer.WriteElementString(isGroup ? "URI" : "ID", grantee);
        writer.WriteEndElement();
        writer.WriteElementString("Permission", permission);
        writer.WriteEndElement();
    }
}
