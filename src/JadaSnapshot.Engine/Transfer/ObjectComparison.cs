namespace JadaSnapshot.Engine.Transfer;

/// <summary>Decides whether the copy of an object is still the object, from a listing alone: no request is made.</summary>
internal static class ObjectComparison
{
    /// <summary>Why the object has to be fetched; <see cref="ChangeReason.Unchanged"/> where it has not.</summary>
    public static ChangeReason Compare(ListedObject listed, ManifestEntry? copy) => copy?.Object switch
    {
        null => ChangeReason.New,
        var known when known.Key != listed.Key => ChangeReason.NameChanged,
        _ when copy.Size != listed.Size => ChangeReason.SizeChanged,
        var known when known.ETag != listed.ETag => ChangeReason.ContentChanged,
        // GET states the time to the second.
        var known when known.LastModified.ToUnixTimeSeconds() != listed.LastModified.ToUnixTimeSeconds() => ChangeReason.Rewritten,
        _ => ChangeReason.Unchanged,
    };
}
