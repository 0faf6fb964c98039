using System.Buffers;
using System.Text;

namespace JadaSnapshot.Engine.Store;

/// <summary>The names of a snapshot's own files, and which paths a snapshot may hold.</summary>
public static class SnapshotLayout
{
    /// <summary>The layer of the files that are about the snapshot itself.</summary>
    public const string OwnLayer = "snapshot";

    internal const string Description = "snapshot.json";
    internal const string Manifest = "manifest.jsonl";
    internal const string Sums = "SHA256SUMS";
    internal const string Problems = "problems.jsonl";
    internal const string Journal = "journal.jsonl";
    internal const string Temporary = ".tmp";
    internal const string PartialPrefix = ".partial-";
    internal const string LockPrefix = ".lock-";
    internal const string RemovingPrefix = ".removing-";
    internal const int NameLength = 100;

    /// <summary>The folders that a snapshot may have, by which one that is not finished is known from a store.</summary>
    internal static readonly string[] Tops = [CurrentObjects, "s3-versions", "lambda-functions", "aws-configs", "gas-projects", "gas-versions", "local-files"];

    private const string CurrentObjects = "s3-buckets";

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("\\:*?\"<>|\u007F");
    private static readonly HashSet<string> Own = new([Description, Manifest, Sums, Problems, Journal, Temporary], StringComparer.OrdinalIgnoreCase);

    /// <summary>What the snapshot's own files (<c>RECOVERY.md</c>, <c>report.html</c>) are written as.</summary>
    public static Resource OwnFiles { get; } = new() { Layer = OwnLayer, Kind = "file", Name = OwnLayer, Id = OwnLayer, Region = "local" };

    /// <summary>Whether a path below a snapshot's folder is one that every file system takes, and none takes for a way out of the folder.</summary>
    public static bool IsLegal(string path)
    {
        if (path.Length is 0 or > 8192) return false;
        foreach (var range in path.AsSpan().Split('/'))
            if (!IsLegalSegment(path.AsSpan(range))) return false;
        return true;
    }

    /// <summary>Whether a file is an object that its bucket shows, and no older version of one.</summary>
    internal static bool IsCurrentObject(ManifestEntry file) => file.Object is not null && file.Path.StartsWith(CurrentObjects + "/", StringComparison.Ordinal);

    internal static bool IsCapturable(string path) => IsLegal(path) && !Own.Contains(path.Split('/', 2)[0]);

    internal static bool IsManifestable(string path) => path == Problems || IsCapturable(path);

    /// <summary>Whether a path is that of a file that the manifest does not name and that belongs to every snapshot.</summary>
    internal static bool IsBesideManifest(string path) => path is Description or Manifest or Sums;

    /// <summary>Why a name cannot be a snapshot's, in words that follow it; null where it can.</summary>
    internal static string? Fault(string name) => name switch
    {
        "" => "is empty",
        _ when string.IsNullOrWhiteSpace(name) => "is blank",
        _ when name.Contains('/', StringComparison.Ordinal) => "has a slash; give the folder as the store and the last part as the name",
        _ when name.Contains('\\', StringComparison.Ordinal) => "has a backslash; give the folder as the store and the last part as the name",
        _ when name.StartsWith('.') => "begins with a dot; such folders are the store's own",
        _ when name.Length > NameLength => $"is longer than {NameLength} characters",
        _ when name[^1] is '.' or ' ' => "ends in a dot or a blank, which Windows drops",
        _ when PathEscape.IsReserved(name) => "is the name of a device on Windows",
        _ when PathNames.FromName(name) != name => "has a character that is not safe in the name of a folder (control characters and any of % : * ? \" < > | are not)",
        _ => null,
    };

    private static bool IsLegalSegment(ReadOnlySpan<char> segment) =>
        !segment.IsEmpty && segment[^1] is not ('.' or ' ') && !segment.ContainsAnyInRange('\0', '\u001F') && !segment.ContainsAny(Forbidden)
        && Encoding.UTF8.GetByteCount(segment) <= 255 && !PathEscape.IsReserved(segment) && !HasLoneSurrogate(segment);

    private static bool HasLoneSurrogate(ReadOnlySpan<char> segment)
    {
        for (; !segment.IsEmpty; segment = segment[Next(segment)..])
            if (Next(segment) < 0) return true;
        return false;

        static int Next(ReadOnlySpan<char> text) => Rune.DecodeFromUtf16(text, out _, out var length) == OperationStatus.Done ? length : -1;
    }
}
