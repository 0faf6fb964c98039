namespace JadaSnapshot.Engine.Transfer;

/// <summary>A file while its bytes arrive.</summary>
public interface IReceivedFile
{
    /// <summary>The number of bytes written so far.</summary>
    long Length { get; }

    /// <summary>Appends bytes.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Throws away what was written so far.</summary>
    void Reset();
}
