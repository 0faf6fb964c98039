using System.Management.Automation;
using JadaSnapshot.Errors;

namespace JadaSnapshot.Pipelines;

/// <summary>Turns paths as PowerShell knows them (drives, <c>~</c>, the current folder, wildcards) into full paths of the file system.</summary>
internal static class FileSystemPaths
{
    /// <summary>The full path of something that need not exist; wildcards are taken as they stand.</summary>
    public static string ToFullPath(this PSCmdlet cmdlet, string path) => cmdlet.SessionState.ToFullPath(path);

    /// <inheritdoc cref="ToFullPath(PSCmdlet, string)"/>
    public static string ToFullPath(this SessionState session, string path)
    {
        var full = session.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return provider.Name == "FileSystem" ? Path.TrimEndingDirectorySeparator(full) : throw NotInTheFileSystem(path);
    }

    /// <summary>The full paths of what a path stands for: itself where it exists, else what its wildcards match.</summary>
    public static IReadOnlyList<string> ExpandPath(this PSCmdlet cmdlet, string path)
    {
        var full = cmdlet.ToFullPath(path);
        if (Path.Exists(full) || !WildcardPattern.ContainsWildcardCharacters(path)) return [full];
        return [.. cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _)];
    }

    private static UsageException NotInTheFileSystem(string path) =>
        new("PathNotInFileSystem", $"'{path}' is not a path of the file system.", "Give a path to a folder on disk.");
}
