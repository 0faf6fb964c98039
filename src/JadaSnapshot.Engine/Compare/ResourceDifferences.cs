using System.Text.RegularExpressions;

namespace JadaSnapshot.Engine.Compare;

/// <summary>Finds in what the documents and files of a resource differ that both sides have.</summary>
internal static partial class ResourceDifferences
{
    /// <summary>Each difference, in the order of documents and of paths in them.</summary>
    /// <exception cref="Store.StoreException">A file of a snapshot is not as it was captured.</exception>
    public static IEnumerable<Difference> Compare(SideResource reference, SideResource changed, DifferenceMaker make)
    {
        var rules = new DocumentDifferences(ComparisonRules.Of(reference.Resource.Layer));
        return Differing(reference, changed).SelectMany(document => Compare(rules, document.Name, document.Reference, document.Changed, make));
    }

    /// <summary>The files that a comparison reads, of each side: those of documents of which the digests differ.</summary>
    public static IEnumerable<(IReadOnlyList<SideFile> Reference, IReadOnlyList<SideFile> Changed)> ToRead(SideResource reference, SideResource changed) =>
        from document in Differing(reference, changed)
        where DocumentNode.Reads(document.Name)
        select ((IReadOnlyList<SideFile>)document.Reference, (IReadOnlyList<SideFile>)document.Changed);

    private static IEnumerable<(string Name, List<SideFile> Reference, List<SideFile> Changed)> Differing(SideResource reference, SideResource changed)
    {
        var (was, now) = (Documents(reference), Documents(changed));
        foreach (var name in was.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            var (one, other) = (was.GetValueOrDefault(name), now.GetValueOrDefault(name));
            if (one is not null && other is not null && one.Select(file => file.Sha256).SequenceEqual(other.Select(file => file.Sha256))) continue;
            if ((one is null && !reference.IsWhole) || (other is null && !changed.IsWhole)) continue;
            yield return (name, one ?? [], other ?? []);
        }
    }

    private static IEnumerable<Difference> Compare(DocumentDifferences rules, string name, List<SideFile> one, List<SideFile> other, DifferenceMaker make)
    {
        var (reference, changed) = (Parse(name, one), Parse(name, other));
        if (reference is null && changed is null)
        {
            if (one.Count == 0) yield return make.OnlyInOther(name, File(other));
            else if (other.Count == 0) yield return make.OnlyInReference(name, File(one));
            else yield return make.Both(DifferenceKind.Content, name, null, "other bytes (SHA-256)", File(one), File(other));
            yield break;
        }
        foreach (var value in rules.Compare(reference, changed).Where(value => make.Differ(value.Reference, value.Changed)))
            yield return make.Both(
                DifferenceKind.Configuration, name, value.Path, value.Reference is null ? "new" : value.Changed is null ? "gone" : "another value",
                value.Reference is null ? null : new() { Value = value.Reference }, value.Changed is null ? null : new() { Value = value.Changed });
    }

    private static DocumentNode? Parse(string name, IReadOnlyList<SideFile> pages)
    {
        if (!DocumentNode.Reads(name)) return null;
        List<DocumentNode> nodes = [.. pages.Select(page => page.Read is null ? null : DocumentNode.Parse(name, page.Read())).OfType<DocumentNode>()];
        return nodes.Count == 0 ? null : DocumentNode.Join(nodes);
    }

    /// <summary>The documents of a resource by their paths below its folder; the pages of a list are one.</summary>
    public static Dictionary<string, List<SideFile>> Documents(SideResource resource)
    {
        var folder = CommonFolder(resource.Files);
        return resource.Files.GroupBy(file => WithoutPage(file.Path[folder..]), StringComparer.Ordinal).ToDictionary(pages => pages.Key, pages => pages.ToList(), StringComparer.Ordinal);
    }

    /// <summary>How long the path of the folder is that all files of a resource lie in.</summary>
    public static int CommonFolder(IReadOnlyList<SideFile> files)
    {
        if (files.Count == 0) return 0;
        var (first, last) = (files[0].Path, files[^1].Path);
        var length = first.AsSpan().CommonPrefixLength(last);
        return first.AsSpan(0, length).LastIndexOf('/') + 1;
    }

    private static ComparedValue File(List<SideFile> files) => new() { Size = files.Sum(file => file.Size), Checksum = $"SHA256:{files[0].Sha256}" };

    /// <summary>A document's name without the number of its page.</summary>
    public static string WithoutPage(string document) => Page().Replace(document, "");

    [GeneratedRegex(@"-\d{4}(?=\.(json|xml)$)")]
    private static partial Regex Page();
}
