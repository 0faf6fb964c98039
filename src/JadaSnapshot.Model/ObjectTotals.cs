namespace JadaSnapshot;

/// <summary>How much some of a bucket's objects come to.</summary>
/// <param name="ObjectCount">The number of objects (current versions).</param>
/// <param name="TotalBytes">Their size in bytes.</param>
public sealed record ObjectTotals(long ObjectCount, long TotalBytes)
{
    /// <inheritdoc/>
    public override string ToString() => $"{ObjectCount:N0} {(ObjectCount == 1 ? "object" : "objects")}, {TotalBytes:N0} {(TotalBytes == 1 ? "byte" : "bytes")}";
}
