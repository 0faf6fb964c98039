using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>Something that was found in a root.</summary>
/// <param name="Path">Its path below the root, with forward slashes.</param>
/// <param name="Info">What the file system says of it.</param>
/// <param name="Kind">What it is.</param>
internal sealed record LocalFound(string Path, FileSystemInfo Info, LocalKind Kind)
{
    /// <summary>Why it cannot be looked at, where that is known already.</summary>
    public Exception? Failure { get; init; }
}

/// <summary>Walks a root in the order of the UTF-8 of its paths. Links are found, never followed.</summary>
internal static class LocalTree
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>Everything below a folder, each folder before what lies in it; or a single file.</summary>
    /// <param name="root">The folder, or the file.</param>
    /// <param name="enter">Decides, when a folder has been handed out, whether to look into it.</param>
    /// <param name="cancel">Ends it.</param>
    public static async IAsyncEnumerable<LocalFound> WalkAsync(FileSystemInfo root, Func<LocalFound, Task<bool>> enter, [EnumeratorCancellation] CancellationToken cancel)
    {
        var ahead = new Stack<LocalFound>();
        ahead.Push(root is DirectoryInfo ? new("", root, LocalKind.Folder) : new(root.Name, root, LocalKinds.Of(root)));
        while (ahead.TryPop(out var next))
        {
            cancel.ThrowIfCancellationRequested();
            IReadOnlyList<LocalFound>? content = null;
            if (next is { Kind: LocalKind.Folder, Failure: null } && await enter(next))
            {
                try
                {
                    content = Content(next);
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    next = next with { Failure = exception };
                }
            }
            yield return next;
            foreach (var found in content ?? []) ahead.Push(found);
        }
    }

    // The last one first, as a stack takes them. A folder stands where its content does: behind "a.b" if it is called "a".
    private static List<LocalFound> Content(LocalFound folder)
    {
        var prefix = folder.Path.Length == 0 ? "" : folder.Path + "/";
        List<LocalFound> content = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var info in ((DirectoryInfo)folder.Info).EnumerateFileSystemInfos("*", Everything))
        {
            var isReadable = names.Add(info.Name) && !(info.Name.Contains('\uFFFD', StringComparison.Ordinal) && IsMissing(info.FullName));
            content.Add(new(prefix + info.Name, info, isReadable ? LocalKinds.Of(info) : LocalKind.Unknown) { Failure = isReadable ? null : NotUtf8(info.Name) });
        }
        content.Sort((one, other) => Utf8Order.Instance.Compare(Sorted(other), Sorted(one)));
        return content;

        static string Sorted(LocalFound found) => found.Kind == LocalKind.Folder ? found.Path + "/" : found.Path;
    }

    private static bool IsMissing(string path) => (int)new FileInfo(path).Attributes == -1;

    private static LocalFileException NotUtf8(string name) =>
        new("NameNotUtf8", $"The name '{name}' is not UTF-8 on disk (each � stands for bytes that are not), and nothing of that name can be opened. Rename it: convmv -f latin1 -t utf8 --notest does.");
}
