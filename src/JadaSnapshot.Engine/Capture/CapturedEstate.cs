namespace JadaSnapshot.Engine.Capture;

/// <summary>Everything that a snapshot holds, once all of it is captured.</summary>
internal sealed class CapturedEstate
{
    /// <summary>The snapshot's name.</summary>
    public required string Name { get; init; }

    /// <summary>The account's number.</summary>
    public required string Account { get; init; }

    /// <summary>The layers that were asked for.</summary>
    public required IReadOnlyCollection<string> Layers { get; init; }

    /// <summary>The resources that there are, in the order of their keys; also those that could not be captured.</summary>
    public required IReadOnlyList<Resource> Resources { get; init; }

    /// <summary>The paths of the documents that are captured, in ordinal order; objects of buckets are none.</summary>
    public required IReadOnlyList<string> Documents { get; init; }

    /// <summary>How much the objects of each bucket come to, by the bucket's key; without those that have none.</summary>
    public IReadOnlyDictionary<string, ObjectTotals> Objects { get; init; } = new Dictionary<string, ObjectTotals>();

    /// <summary>Reads a document.</summary>
    public required Func<string, byte[]> Read { get; init; }

    /// <summary>The keyed fingerprint of a text, as it stands in documents in place of secrets.</summary>
    public required Func<string, string> Fingerprint { get; init; }
}
