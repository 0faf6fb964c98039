using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Sync;

namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>What of a root is wanted: what is excluded is not, unless it is included again; includes alone stand for themselves.</summary>
internal sealed class LocalFilter(LocalRoot root)
{
    private readonly KeyFilter _rules = new(
    [
        .. (root.Exclude.Count == 0 && root.Include.Count > 0 ? ["*"] : root.Exclude).Select(pattern => new KeyRule(Includes: false, pattern)),
        .. root.Include.Select(pattern => new KeyRule(Includes: true, pattern)),
    ]);

    private readonly KeyPatterns _whole = KeyPatterns.Of([.. root.Exclude.Where(pattern => root.Include.Count == 0 && pattern.EndsWith('*'))]);

    private readonly KeyPatterns _notSecret = KeyPatterns.Of(root.NotSecret);

    public bool Wants(string path) => _rules.Wants(path);

    /// <summary>Whether nothing below a folder can be wanted, so that it need not be looked into.</summary>
    public bool ExcludesAllOf(string folder) => _whole.Match(folder + "/");

    /// <summary>Whether the operator says that something is no secret, whatever it looks like.</summary>
    public bool IsNoSecret(string path) => _notSecret.Match(path);
}
