using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Compare;

/// <summary>In what two objects of one key differ.</summary>
internal readonly record struct ObjectDifference(DifferenceKind Kind, string Reason, string? Path = null, string? Reference = null, string? Changed = null);

/// <summary>Holds two objects against each other: by what is known first, with a request where that does not decide, and with their bytes where nothing else does.</summary>
internal static class ObjectDifferences
{
    /// <summary>Their differences: one of content, or each of their metadata; none where they are the same.</summary>
    /// <param name="reference">The one.</param>
    /// <param name="changed">The other.</param>
    /// <param name="withMetadata">Whether headers, metadata and tags count, which takes a request for each that a listing alone tells of.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="Wire.ServiceException">One had to be asked for, and could not be.</exception>
    public static async Task<IReadOnlyList<ObjectDifference>> CompareAsync(SideObject reference, SideObject changed, bool withMetadata, CancellationToken cancel)
    {
        if (reference.Kept is { } kept && kept.Copy.Place == changed.Kept?.Copy.Place) return [];
        if (reference.Size != changed.Size) return [new(DifferenceKind.Content, $"{changed.Size:N0} bytes, not {reference.Size:N0}")];
        if (reference.Sha256 is not null && changed.Sha256 is not null)
            return reference.Sha256 != changed.Sha256 ? [Content("SHA-256")] : withMetadata ? [.. CompareMetadata(reference.Record!, changed.Record!)] : [];

        var isSameTag = reference.ETag == changed.ETag;
        if (isSameTag && (!withMetadata || IsSameWriting(reference, changed))) return [];
        if (!isSameTag && reference.Md5 is { } md5 && changed.Md5 is { } another && md5 != another) return [Content("MD5")];
        var (one, other) = (await reference.DescribeAsync(cancel), await changed.DescribeAsync(cancel));
        if (!isSameTag && await ContentDifferenceAsync(reference, one, changed, other, cancel) is { } difference) return [difference];
        var differences = withMetadata ? CompareMetadata(one, other) : [];
        return [.. reference.Kept is null && changed.Kept is null ? differences : differences.Where(difference => !IsOfPlace(difference.Path!))];
    }

    // A copy is encrypted and locked as its own bucket has it.
    private static bool IsOfPlace(string header) => header.StartsWith("x-amz-server-side-encryption", StringComparison.Ordinal) || header.StartsWith("x-amz-object-lock", StringComparison.Ordinal);

    // What was written once, and not since, has the metadata that it had.
    private static bool IsSameWriting(SideObject reference, SideObject changed) =>
        (reference.IsCaptured != changed.IsCaptured || (reference.Kept is not null && changed.IsCaptured) || (changed.Kept is not null && reference.IsCaptured))
        && reference.LastModified.ToUnixTimeSeconds() == changed.LastModified.ToUnixTimeSeconds();

    // Another ETag says nothing where an object came in other parts, or is under KMS.
    private static async Task<ObjectDifference?> ContentDifferenceAsync(SideObject reference, ObjectRecord one, SideObject changed, ObjectRecord other, CancellationToken cancel)
    {
        if (ObjectComparison.CompareStated(one, other) is { } stated) return stated.AreSame ? null : Content(stated.By);
        return await reference.DigestAsync(cancel) == await changed.DigestAsync(cancel) ? null : Content("SHA-256");
    }

    private static IEnumerable<ObjectDifference> CompareMetadata(ObjectRecord one, ObjectRecord other) =>
        Compare("", one.Headers, other.Headers).Concat(Compare("x-amz-meta-", one.Metadata, other.Metadata)).Concat(Compare("tag ", one.Tags, other.Tags));

    private static IEnumerable<ObjectDifference> Compare(string prefix, IReadOnlyDictionary<string, string>? one, IReadOnlyDictionary<string, string>? other)
    {
        foreach (var name in (one?.Keys ?? []).Union(other?.Keys ?? [], StringComparer.Ordinal).Order(StringComparer.Ordinal))
            if ((one?.GetValueOrDefault(name), other?.GetValueOrDefault(name)) is var (was, now) && was != now)
                yield return new(DifferenceKind.Metadata, was is null ? $"{prefix}{name} is new" : now is null ? $"{prefix}{name} is gone" : $"another {prefix}{name}", prefix + name, was, now);
    }

    private static ObjectDifference Content(string by) => new(DifferenceKind.Content, $"other bytes ({by})");
}
