using System.Xml.Linq;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>What S3 says of an object that it made by copying or of parts.</summary>
/// <param name="ETag">Its ETag, without the quotes.</param>
/// <param name="VersionId">Its version, where its bucket is versioned.</param>
/// <param name="Checksum">The checksum that S3 states of it, as <c>ALGORITHM:base64</c>; null where it states none.</param>
/// <param name="SourceVersionId">The version of which it was copied, where that has one.</param>
internal sealed record MadeObject(string ETag, string? VersionId, string? Checksum, string? SourceVersionId)
{
    /// <summary>Reads an answer.</summary>
    /// <exception cref="System.Xml.XmlException">It has no ETag.</exception>
    public static MadeObject Read(HttpResponseMessage response, XElement answer) => new(
        CopyCall.ETagOf(answer),
        Header(response, "x-amz-version-id"),
        ServiceChecksum.Stated(name => answer.Elements().FirstOrDefault(child => string.Equals(child.Name.LocalName, "Checksum" + name["x-amz-checksum-".Length..], StringComparison.OrdinalIgnoreCase))?.Value),
        Header(response, "x-amz-copy-source-version-id"));

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.NonValidated.TryGetValues(name, out var values) && values.ToString() is { Length: > 0 } value && value != "null" ? value : null;
}
