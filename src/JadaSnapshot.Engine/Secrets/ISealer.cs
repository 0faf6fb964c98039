namespace JadaSnapshot.Engine.Secrets;

/// <summary>Seals documents so that only its recipients can open them.</summary>
public interface ISealer
{
    /// <summary>What the name of a sealed document ends in, behind the document's own: <c>.cms</c>.</summary>
    string Extension { get; }

    /// <summary>Seals a document.</summary>
    byte[] Seal(ReadOnlySpan<byte> document);
}
