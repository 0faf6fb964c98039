using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Sync;

/// <summary>Why an object that differs is written again.</summary>
internal static class CopyReason
{
    /// <summary>The reason; null where it differs in nothing that can be written.</summary>
    public static ChangeReason? Of(SideObject reference, SideObject changed, IReadOnlyList<ObjectDifference> differences) =>
        reference.Size != changed.Size ? ChangeReason.SizeChanged
        : differences.Any(difference => difference.Kind == DifferenceKind.Content) ? ChangeReason.ContentChanged
        : differences.Any(CanBeWritten) ? ChangeReason.Rewritten
        : null;

    // How it is encrypted and locked is the destination's own affair.
    private static bool CanBeWritten(ObjectDifference difference) =>
        !difference.Path!.StartsWith("x-amz-", StringComparison.Ordinal) || difference.Path.StartsWith("x-amz-meta-", StringComparison.Ordinal) || difference.Path == "x-amz-website-redirect-location";
}
