namespace JadaSnapshot.Engine.Compare;

/// <summary>An object that an old listing tells of is not there any more.</summary>
internal sealed class GoneSinceException(SideObject side, Exception innerException) : Exception($"'{side.Key}' is not there any more.", innerException)
{
    /// <summary>The object.</summary>
    public SideObject Side { get; } = side;
}
