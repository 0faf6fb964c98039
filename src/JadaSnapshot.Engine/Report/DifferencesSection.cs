namespace JadaSnapshot.Engine.Report;

/// <summary>What has changed since an earlier snapshot.</summary>
internal static class DifferencesSection
{
    public static void Write(HtmlPage page, ReportSource source)
    {
        if (source.Differences is not { } differences)
        {
            page.Section("differences", "Differences", "This page says what one snapshot holds. Show-JadaSnapshot compares it with the one before.");
            page.EndSection();
            return;
        }
        var changed = differences.Summaries.Where(layer => !layer.IsEqual).ToList();
        page.Section("differences", $"Since {differences.Reference.Name}", differences.Failure is { } failure
            ? $"It could not be compared with {differences.Reference.Name}: {failure}"
            : $"Against {differences.Reference.Name}, which was taken {ReportText.Moment(differences.Reference.StartedAt)}. {(changed.Count == 0 ? "Nothing differs." : "Of what one side could not read, nothing is said.")}");
        if (changed.Count > 0) WriteCounts(page, differences);
        var lists = differences.First.ToLookup(difference => difference.Layer);
        foreach (var layer in changed) WriteLayer(page, layer, [.. lists[layer.Layer]]);
        page.EndSection();
    }

    private static void WriteCounts(HtmlPage page, ReportDifferences differences)
    {
        page.Add($"<table class=\"sortable counts\"><thead><tr><th>Layer<th class=n>New<th class=n>Gone<th class=n>Changed<th class=n>Compared</thead><tbody>\n");
        foreach (var layer in differences.Summaries)
            page.Add($"<tr class=row><th scope=row>{layer.Layer}{Number(layer.OnlyInOtherCount)}{Number(layer.OnlyInReferenceCount)}{Number(layer.ChangedCount)}<td class=n data-v=\"{layer.ComparedCount}\">{ReportText.Number(layer.ComparedCount)}\n");
        page.Add($"</tbody></table>\n");
    }

    private static void WriteLayer(HtmlPage page, ComparisonSummary layer, List<Difference> first)
    {
        var count = layer.OnlyInReferenceCount + layer.OnlyInOtherCount + layer.ChangedCount;
        if (count == 0) return;
        page.Add($"<details class=group{(count <= 20 ? Html.Of($" open") : ReportParts.Nothing)}><summary><b>{layer.Layer}</b> <small>{ReportText.Count(count, "difference")}</small></summary>\n<ul class=rows>\n");
        foreach (var difference in first)
            page.Add($"<li class=row>{Kind(difference.Kind)} <span class=kind>{difference.ResourceKind}</span> <b>{difference.Resource}</b>{Where(difference)}{Values(difference)}</li>\n");
        page.Add($"</ul>\n{ReportParts.More(count - first.Count, "of this layer; Compare-JadaSnapshot lists them all")}</details>\n");
    }

    private static Html Number(long count) => Html.Of($"<td class=n data-v=\"{count}\">{(count == 0 ? Html.Of($"<span class=none>0</span>") : Html.Of($"<b>{ReportText.Number(count)}</b>"))}");

    private static Html Kind(DifferenceKind kind) => kind switch
    {
        DifferenceKind.OnlyInOther => ReportParts.Mark("new", "good"),
        DifferenceKind.OnlyInReference => ReportParts.Mark("gone", "bad"),
        _ => ReportParts.Mark("changed", "warn"),
    };

    private static Html Where(Difference difference)
    {
        string[] parts = [.. new[] { difference.Key, difference.Path }.OfType<string>()];
        return parts.Length == 0 ? ReportParts.Nothing : Html.Of($" <span class=path>{string.Join(" · ", parts)}</span>");
    }

    private static Html Values(Difference difference) => (difference.Reference is null && difference.Other is null) || difference.Key is null
        ? ReportParts.Nothing
        : Html.Of($" <span class=values>{Value(difference.Reference, "was")} {Value(difference.Other, "is")}</span>");

    private static Html Value(ComparedValue? value, string word) => value switch
    {
        null => ReportParts.Nothing,
        { Value: { } text } => Html.Of($"<small>{word}</small> <code>{text}</code>"),
        { Size: { } size } => Html.Of($"<small>{word}</small> {ReportText.Bytes(size)}{(value.LastModified is { } moment ? $" of {ReportText.Moment(moment)}" : "")}"),
        _ => ReportParts.Nothing,
    };
}
