using System.Security;

namespace JadaSnapshot;

/// <summary>A secret that was kept sealed, opened.</summary>
public sealed record SecretValue
{
    /// <summary>The document that it belongs to, where its fingerprint stands in its place.</summary>
    public required string Path { get; init; }

    /// <summary>Its place in the document: <c>Configuration.Environment.Variables.API_KEY</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The fingerprint that stands in its place; empty for a local file that is sealed as a whole.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The secret: a <see cref="SecureString"/>, or a text where it was asked for as plain text.</summary>
    public required object Value { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Name}";
}
