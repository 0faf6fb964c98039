namespace JadaSnapshot.Engine.Transfer;

/// <summary>Which objects come in parts, and in which.</summary>
internal sealed record PartRule
{
    /// <summary>From how many bytes on an object comes in parts. Below that, objects side by side fill the line as well.</summary>
    public long From { get; init; } = 64 << 20;

    /// <summary>The bytes of each part but the last: long enough that a request more does not count.</summary>
    public long Size { get; init; } = 16 << 20;

    /// <summary>How many may help whoever reads the object.</summary>
    public int MostHelpers { get; init; } = 15;

    /// <summary>The bytes of each part but the last of an object that S3 is to make of them: it takes no more than <see cref="MultipartUpload.MostParts"/>.</summary>
    public long SizeFor(long size) => Math.Max(Size, (size + MultipartUpload.MostParts - 1) / MultipartUpload.MostParts);
}
