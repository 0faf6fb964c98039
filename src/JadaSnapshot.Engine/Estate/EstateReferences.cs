namespace JadaSnapshot.Engine.Estate;

/// <summary>Finds what is well formed by itself and does not fit together: what is there twice under two names, and what speaks of something that is not declared.</summary>
internal static class EstateReferences
{
    public static IEnumerable<PlacedError> Check(PlacedJson root)
    {
        var sites = root.All("sites").SelectMany(sites => sites.Members).Select(site => site.Value).ToList();
        return
        [
            .. Twice(Names(root, "scriptProjects"), StringComparer.OrdinalIgnoreCase, "Two script projects are called"),
            .. Twice(Values(root.All("scriptProjects").SelectMany(projects => projects.Members)), StringComparer.Ordinal, "Two names are given to the script project"),
            .. Twice(Names(root, "localRoots"), StringComparer.OrdinalIgnoreCase, "Two local roots are called"),
            .. Twice(Names(root, "sites"), StringComparer.OrdinalIgnoreCase, "Two sites are called"),
            .. Twice(sites.SelectMany(Distributions), StringComparer.Ordinal, "There is a second place for the distribution"),
            .. Twice(sites.SelectMany(Pairs).Select(pair => Text(pair["place"]!) with { Text = BucketPlace.Parse(pair["place"]!.Text).ToString() }), StringComparer.Ordinal, "There is a second pair for the place"),
            .. sites.SelectMany(site => Pairs(site).SelectMany(pair => PairErrors(pair, site.Texts("buckets")))),
        ];
    }

    private static IEnumerable<PlacedError> PairErrors(PlacedJson pair, IReadOnlyList<string> buckets)
    {
        var (staging, production) = (BucketPlace.Parse(pair["place"]!.Text), BucketPlace.Parse(pair["standsFor"]!.Text));
        if (staging.Holds(production)) yield return new(pair["place"]!.Path, pair["place"]!.Offset, $"Staging in '{staging}' cannot stand for '{production}', which {(staging == production ? "is the same place" : "lies within it")}.");
        if (buckets.Contains(production.BucketName)) yield break;
        yield return new(pair["standsFor"]!.Path, pair["standsFor"]!.Offset,
            $"'{production.BucketName}' is none of this site's buckets.{(NearestName.Question(production.BucketName, buckets) is { Length: > 0 } question ? question : " Add it to 'buckets'.")}");
    }

    private static IEnumerable<PlacedJson> Pairs(PlacedJson site) => site.All("staging").SelectMany(pairs => pairs.Items);

    private static IEnumerable<Named> Distributions(PlacedJson site) =>
        site.All("distributions").SelectMany(kinds => kinds.Members).SelectMany(kind => kind.Value.Items).Select(Text);

    private static IEnumerable<Named> Names(PlacedJson root, string member) =>
        root.All(member).SelectMany(owner => owner.Members).Select(each => new Named(each.Name, each.Value.Path, each.Offset));

    private static IEnumerable<Named> Values(IEnumerable<PlacedMember> members) => members.Select(member => Text(member.Value));

    private static Named Text(PlacedJson value) => new(value.Text, value.Path, value.Offset);

    private static IEnumerable<PlacedError> Twice(IEnumerable<Named> names, StringComparer comparer, string words)
    {
        var seen = new HashSet<string>(comparer);
        return from name in names where !seen.Add(name.Text) select new PlacedError(name.Path, name.Offset, $"{words} '{name.Text}'.");
    }

    private sealed record Named(string Text, string Path, int Offset);
}
