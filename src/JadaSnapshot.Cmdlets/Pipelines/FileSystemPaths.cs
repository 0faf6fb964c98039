using System.Management.Automation;
using JadaSnapshot.Engine.Copies;
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
        if (S3Place.IsMeant(path)) throw InS3(path);
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

    private static UsageException InS3(string path) =>
        new("PathInS3", $"'{path}' lies in S3, and what is needed here is a path on disk.", "Copy-JadaSnapshot copies snapshots to S3 and back.");

    private static UsageException NotInTheFileSystem(string path) =>
        new("PathNotInFileSystem", $"'{path}' is not a path of the file system.", "Give a path to a folder on disk.");
}
