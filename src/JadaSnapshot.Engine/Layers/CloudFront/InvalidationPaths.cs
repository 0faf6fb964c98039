using JadaSnapshot.Engine.Estate;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>Which paths are to be invalidated where some objects have changed (<see href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html"/>).</summary>
public static class InvalidationPaths
{
    private const string Everything = "/*";
    private const string IndexPage = "index.html";

    /// <summary>The path of an object, and of the folder that shows it where it is a folder's page; escaped as viewers ask for it.</summary>
    public static IEnumerable<string> Of(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var path = "/" + string.Join('/', key.TrimStart('/').Split('/').Select(Uri.EscapeDataString));
        // A star would be more than the object.
        yield return path.Replace("*", "%2A", StringComparison.Ordinal);
        if (path.EndsWith("/" + IndexPage, StringComparison.Ordinal)) yield return path[..^IndexPage.Length];
    }

    /// <summary>The paths by which a distribution hands out an object; none where it reads from elsewhere.</summary>
    /// <param name="distribution">The distribution.</param>
    /// <param name="place">Where the object lies.</param>
    /// <param name="key">Its key below that.</param>
    public static IEnumerable<string> Of(Distribution distribution, BucketPlace place, string key)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        ArgumentNullException.ThrowIfNull(place);
        var whole = place.Prefix + key;
        return distribution.Origins.Select(StagingProposal.PlaceOf).OfType<BucketPlace>()
            .Where(origin => origin.BucketName == place.BucketName && whole.StartsWith(origin.Prefix, StringComparison.Ordinal))
            .SelectMany(origin => Of(whole[origin.Prefix.Length..])).Distinct(StringComparer.Ordinal);
    }

    /// <summary>The same in no more paths than are wanted: folders with many of them become one path with a star, the deepest first.</summary>
    public static IReadOnlyList<string> Fold(IEnumerable<string> paths, int most)
    {
        SortedSet<string> folded = new(paths, StringComparer.Ordinal);
        while (folded.Count > most && !folded.SetEquals([Everything]))
        {
            var deepest = folded.Max(Depth);
            var folders = folded.Where(path => Depth(path) == deepest).GroupBy(Parent, StringComparer.Ordinal);
            var fullest = folders.OrderByDescending(folder => folder.Count()).ThenBy(folder => folder.Key, StringComparer.Ordinal).First().Key;
            folded.RemoveWhere(path => path.StartsWith(fullest, StringComparison.Ordinal));
            folded.Add(fullest + "*");
        }
        return [.. folded];
    }

    private static int Depth(string path) => path.AsSpan(0, path.EndsWith("/*", StringComparison.Ordinal) ? path.Length - 2 : path.Length).Count('/');

    // Of a folder's star, the folder above.
    private static string Parent(string path) => path[..(path.AsSpan(0, path.EndsWith("/*", StringComparison.Ordinal) ? path.Length - 2 : path.Length).LastIndexOf('/') + 1)];
}
