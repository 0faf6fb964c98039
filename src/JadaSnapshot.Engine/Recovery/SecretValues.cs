using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Secrets;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>
/// Knows the secrets that have fingerprints in a snapshot's documents: from what was sealed beside them, from what is live with the same
/// fingerprint, and from what the caller gives. Values stay in memory and go nowhere but into requests.
/// </summary>
/// <param name="given">Values by the name of the variable, header or member, or by <c>resource/name</c>.</param>
/// <param name="keys">Certificates with private keys that open what was sealed, besides those of the user's own store.</param>
/// <param name="connection">Opens what was sealed under a KMS key.</param>
internal sealed class SecretValues(IReadOnlyDictionary<string, string> given, X509Certificate2Collection keys, AwsConnection? connection)
{
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>Learns a secret that is live.</summary>
    public void Learn(string fingerprint, string secret) => _known[fingerprint] = secret;

    /// <summary>Opens a document that was sealed, if a key is there.</summary>
    public async Task LearnAsync(string path, CancellationToken cancel)
    {
        try
        {
            foreach (var sealedFile in SealedFile.Find(path))
                foreach (var (_, value, fingerprint) in await sealedFile.OpenAsync(keys, () => connection ?? throw new CryptographicException("There is no connection to KMS."), cancel)) Learn(fingerprint, value);
        }
        catch (Exception exception) when (exception is CryptographicException or InvalidDataException or ServiceException or IOException)
        {
            // What cannot be opened may still be given, or be live.
        }
    }

    /// <summary>A document with its secrets in the places of their fingerprints.</summary>
    /// <param name="resource">The name of the resource.</param>
    /// <param name="path">The document's path, which says whether it is JSON or XML.</param>
    /// <param name="document">The document.</param>
    /// <param name="missing">Is told the names of those that nobody knows; their fingerprints stay.</param>
    public byte[] Restore(string resource, string path, byte[] document, Action<string> missing)
    {
        if (!Fingerprinter.MayBeIn(document)) return document;
        return path.EndsWith(".xml", StringComparison.Ordinal) ? RestoreXml(resource, document, missing) : JsonRedaction.Replace(document, (at, text) => Find(resource, NameOf(at), text, missing));
    }

    /// <summary>Whether a document has secrets that nobody knows.</summary>
    public bool AreMissing(string resource, string path, byte[] document)
    {
        var areMissing = false;
        Restore(resource, path, document, _ => areMissing = true);
        return areMissing;
    }

    /// <summary>Whether the caller gives any, which then are wanted instead of those that were captured.</summary>
    public bool AreGiven => given.Count > 0;

    /// <summary>A document whose fingerprints are those of the secrets as they will be: given by the caller, or naming something that is called otherwise in another place.</summary>
    public byte[] Rewrite(string resource, string path, byte[] document, ReferenceMap map, Func<Fingerprinter> fingerprints)
    {
        if (!Fingerprinter.MayBeIn(document)) return document;
        if (path.EndsWith(".xml", StringComparison.Ordinal)) return XmlRedaction.Replace(document, (_, text) => There(null, text));
        return path.EndsWith(".json", StringComparison.Ordinal) ? JsonRedaction.Replace(document, (at, text) => There(NameOf(at), text)) : document;

        string? There(string? name, string text) => Find(resource, name ?? "", text, _ => { }) is { } value ? fingerprints().Of(map.Of($"\"{value}\"")[1..^1]) : null;
    }

    private byte[] RestoreXml(string resource, byte[] document, Action<string> missing)
    {
        var root = document.ToXml();
        foreach (var element in root.Descendants().Where(element => !element.HasElements && Fingerprinter.IsFingerprint(element.Value)).ToList())
            if (Find(resource, SealedDocument.NameBefore(element) ?? element.Name.LocalName, element.Value, missing) is { } value) element.Value = value;
        return System.Text.Encoding.UTF8.GetBytes(root.ToString(SaveOptions.DisableFormatting));
    }

    private string? Find(string resource, string name, string text, Action<string> missing)
    {
        if (!Fingerprinter.IsFingerprint(text)) return null;
        if (given.TryGetValue($"{resource}/{name}", out var value) || given.TryGetValue(name, out value) || _known.TryGetValue(text, out value)) return value;
        missing(name);
        return null;
    }

    private static string NameOf(ReadOnlySpan<string> path)
    {
        for (var i = path.Length - 1; i >= 0; i--)
            if (path[i] != "[]") return path[i];
        return "";
    }
}
