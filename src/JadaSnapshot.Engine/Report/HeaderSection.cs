namespace JadaSnapshot.Engine.Report;

/// <summary>What is asked first: is it whole, when is it of, what is missing?</summary>
internal static class HeaderSection
{
    public static void Write(HtmlPage page, ReportSource source, IReadOnlyList<RouteGroup> map)
    {
        var snapshot = source.Snapshot;
        page.Add($"<header>\n<p class=kicker>Snapshot of the AWS account {snapshot.Account}</p>\n<h1>{snapshot.Name}</h1>\n");
        if (snapshot.Status == SnapshotStatus.Complete) page.Add($"<p class=\"status good\"><strong>Complete</strong> Everything that was asked for was captured.</p>\n");
        else page.Add($"<p class=\"status bad\"><strong>Incomplete</strong> <span>{ReportText.Count(snapshot.ProblemCount, "thing")} could not be captured: <a href=\"#problems\">see what</a>. The rest is here.</span></p>\n");
        page.Add($"<dl class=facts>\n");
        Fact(page, "Taken", $"{ReportText.Moment(snapshot.StartedAt)} to {(snapshot.CompletedAt is { } end ? Time(snapshot.StartedAt, end) : "")}");
        if (snapshot.Duration is { } duration) Fact(page, "In", ReportText.Duration(duration));
        Fact(page, "Regions", string.Join(", ", snapshot.Regions));
        Fact(page, "Holds", $"{ReportText.Count(source.Captured().Sum(layer => layer.ResourceCount), "resource")}, {ReportText.Count(source.Captured().Sum(layer => layer.FileCount), "file")}, {ReportText.Bytes(source.Captured().Sum(layer => layer.TotalBytes))}");
        if (snapshot.KeptInS3 is { } kept) Fact(page, "Kept in S3", $"{ReportText.Count(kept.ObjectCount, "object")} of {ReportText.Count(kept.BucketCount, "bucket")}, {ReportText.Bytes(kept.TotalBytes)}, as copies in {kept.Place}");
        Fact(page, "Left out", string.Join("; ", LeftOut(snapshot)));
        Fact(page, "Not asked for", NotAskedFor(snapshot));
        Fact(page, "Shares files with", snapshot.Base);
        Fact(page, "Made by", $"JadaSnapshot {snapshot.ToolVersion}");
        page.Add($"</dl>\n</header>\n");
        Navigation(page, source, map);
    }

    private static void Navigation(HtmlPage page, ReportSource source, IReadOnlyList<RouteGroup> map)
    {
        var differences = source.Differences?.Summaries.Sum(layer => layer.OnlyInReferenceCount + layer.OnlyInOtherCount + layer.ChangedCount);
        page.Add($"<nav aria-label=Sections>\n<ul>");
        Entry(page, "problems", "Problems", source.Snapshot.ProblemCount);
        Entry(page, "layers", "Layers", source.Captured().Count());
        Entry(page, "buckets", "Buckets", null);
        Entry(page, "map", "Map", map.Sum(group => group.Routes.Sum(route => route.Faults.Count())), "to look at");
        Entry(page, "certificates", "Certificates", null);
        Entry(page, "differences", "Differences", differences);
        Entry(page, "resources", "Resources", source.Resources.Count);
        page.Add($"</ul>\n<p class=search hidden><input id=search type=search autocomplete=off spellcheck=false placeholder=\"Find a name, in all of this page\" aria-label=\"Find a name, in all of this page\"><output id=found for=search></output></p>\n</nav>\n");
    }

    private static void Entry(HtmlPage page, string id, string title, long? count, string what = "") =>
        page.Add($"<li><a href=\"#{id}\">{title}{(count is > 0 and var number ? Html.Of($" <small>{ReportText.Number(number)} {what}</small>") : ReportParts.Nothing)}</a></li>");

    private static void Fact(HtmlPage page, string name, string? value)
    {
        if (value is { Length: > 0 }) page.Add($"<div><dt>{name}</dt><dd>{value}</dd></div>\n");
    }

    private static IEnumerable<string> LeftOut(Snapshot snapshot)
    {
        if (snapshot.ExcludeKeys.Count > 0) yield return $"keys like {string.Join(", ", snapshot.ExcludeKeys)}";
        if (snapshot.ExcludeBuckets.Count > 0) yield return $"buckets like {string.Join(", ", snapshot.ExcludeBuckets)}";
    }

    private static string? NotAskedFor(Snapshot snapshot)
    {
        List<string> without = [];
        if (!snapshot.AllVersions) without.Add("older versions of objects");
        if (!snapshot.Includes.Contains("tableItems")) without.Add("items of tables");
        if (!snapshot.Includes.Contains("instanceSnapshots")) without.Add("snapshots of instances");
        return without.Count > 0 ? string.Join(", ", without) : null;
    }

    private static string Time(DateTimeOffset start, DateTimeOffset end) =>
        ReportText.Day(start) == ReportText.Day(end) ? ReportText.Moment(end)[11..] : ReportText.Moment(end);
}
