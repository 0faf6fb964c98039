using System.Globalization;

namespace JadaSnapshot.Engine.Store;

/// <summary>
/// Gives the keys of one bucket paths that stay apart on a file system that ignores case or normalisation, and where a key is
/// another's folder (<c>a</c> and <c>a/b</c>). The first comer keeps its plain path; in a later one the first segment that
/// conflicts gets <c>%~</c> and eight digits of a SHA-256 of the plain path up to there, which <see cref="PathNames.ToKey"/> drops.
/// The same keys in the same order get the same paths. One million keys take about 16 MB. Not for use by several threads at once.
/// </summary>
public sealed class PathAssigner
{
    private readonly PathHashSet _claims = new();
    private string _plainFolder = "";
    private string _folder = "";
    private string _foldedFolder = "";

    /// <summary>The path of a key. Keys come in the order of their UTF-8, each once.</summary>
    public string Assign(string key)
    {
        var plain = PathNames.FromKey(key);
        var slash = plain.LastIndexOf('/') + 1;
        if (!plain.AsSpan(0, slash).SequenceEqual(_plainFolder)) EnterFolder(plain[..slash]);
        return _folder + Claim(plain[slash..], plain, isFolder: false).Segment;
    }

    /// <summary>Whether a path that was given before would now be that of another key, on a file system that ignores case or normalisation.</summary>
    internal bool IsTaken(string path)
    {
        var folder = path[..(path.LastIndexOf('/') + 1)];
        return _claims.Contains(PathHash.Of($"F{NameFolding.Fold(folder)}{NameFolding.Fold(path[folder.Length..])}"));
    }

    private void EnterFolder(string plain)
    {
        (_plainFolder, _folder, _foldedFolder) = (plain, "", "");
        for (var start = 0; start < plain.Length;)
        {
            var end = plain.IndexOf('/', start);
            var (segment, folded) = Claim(plain[start..end], plain[..(end + 1)], isFolder: true);
            _folder += segment + "/";
            _foldedFolder += folded + "/";
            start = end + 1;
        }
    }

    private (string Segment, string Folded) Claim(string plainSegment, string plainPath, bool isFolder)
    {
        var segment = plainSegment;
        for (var attempt = 0; ; attempt++)
        {
            var folded = NameFolding.Fold(segment);
            var folder = isFolder ? PathHash.Of($"D{_folder}{segment}") : 0;
            if (isFolder && _claims.Contains(folder)) return (segment, folded);
            if (_claims.Add(PathHash.Of($"F{_foldedFolder}{folded}")))
            {
                if (isFolder) _claims.Add(folder);
                return (segment, folded);
            }
            var digest = attempt == 0 ? plainPath : string.Create(CultureInfo.InvariantCulture, $"{plainPath}\n{attempt}");
            segment = plainSegment + PathNames.Apart + PathHash.Digits(digest);
        }
    }
}
