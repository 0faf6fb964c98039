using System.Text.Json.Nodes;

namespace JadaSnapshot.Sandbox.Services.Acm;

internal sealed class Certificate
{
    public required string Arn { get; init; }
    public required string Region { get; init; }

    /// <summary>The domain name, then the alternative names, each once.</summary>
    public required IReadOnlyList<string> Names { get; set; }

    public required string KeyAlgorithm { get; set; }
    public required DateTimeOffset Created { get; init; }

    /// <summary>How the names are proved: <c>DNS</c> or <c>EMAIL</c>; null for a certificate that was brought along.</summary>
    public string? ValidationMethod { get; init; }

    public JsonObject? Options { get; set; }
    public string? IdempotencyToken { get; init; }
    public DateTimeOffset? Issued { get; private set; }

    /// <summary>When its validation records are there.</summary>
    public DateTimeOffset Settled { get; init; }

    /// <summary>Its X.509, once there is one.</summary>
    public IssuedCertificate? Content { get; set; }

    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public bool IsImported => ValidationMethod is null;

    public string Type => IsImported ? "IMPORTED" : "AMAZON_ISSUED";

    public void Issue(DateTimeOffset now)
    {
        Issued ??= now;
        Content ??= CertificateAuthority.Issue(this, now);
    }
}

/// <summary>A certificate and the chain to its root, in PEM, with what they say.</summary>
internal sealed record IssuedCertificate(string Body, string? Chain)
{
    public required DateTimeOffset NotBefore { get; init; }
    public required DateTimeOffset NotAfter { get; init; }
    public required string Subject { get; init; }
    public required string Issuer { get; init; }
    public required string Serial { get; init; }
    public required string SignatureAlgorithm { get; init; }
}
