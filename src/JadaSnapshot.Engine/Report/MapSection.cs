namespace JadaSnapshot.Engine.Report;

/// <summary>The way from names to what answers them.</summary>
internal static class MapSection
{
    private const int MostRoutes = 1000, MostNames = 40, MostAlike = 8;

    public static void Write(HtmlPage page, ReportSource source, IReadOnlyList<RouteGroup> map)
    {
        page.Section("map", "Map", map.Count == 0 ? "There is no zone, no distribution and no API in this snapshot." : "From the name that people type to the bucket or the function that answers.");
        WriteFaults(page, [.. map.SelectMany(group => group.Routes).SelectMany(route => route.Faults).Distinct()]);
        var left = MostRoutes;
        foreach (var group in map.Where(group => group.Routes.Count > 0))
        {
            var shown = Math.Min(left, group.Routes.Count);
            left -= shown;
            page.Add($"<details class=zone open><summary><b>{group.Title}</b> <small>{group.Detail}</small></summary>\n<ul class=routes>\n");
            foreach (var route in group.Routes.Take(shown)) WriteRoute(page, source, route);
            page.Add($"</ul>\n{ReportParts.More(group.Routes.Count - shown, "routes")}</details>\n");
        }
        if (map.Where(group => group.Routes.Count == 0).ToList() is { Count: > 0 } quiet)
            page.Add($"<p class=remark>Zones that lead to no distribution, API or website: {string.Join(", ", quiet.Select(zone => $"{zone.Title} ({zone.Detail})"))}</p>\n");
        page.EndSection();
    }

    private static void WriteFaults(HtmlPage page, List<RouteFault> faults)
    {
        if (faults.Count == 0) return;
        page.Add($"<div class=faults><h3>To look at {ReportParts.Mark(ReportText.Number(faults.Count), "warn")}</h3><ul>\n");
        foreach (var alike in faults.GroupBy(fault => fault.Words).OrderByDescending(alike => alike.Count()).ThenBy(alike => alike.Key, StringComparer.Ordinal))
            page.Add($"<li class=row><b>{alike.Key}</b>: {Some(alike.Select(fault => fault.Subject))}</li>\n");
        page.Add($"</ul></div>\n");
    }

    private static void WriteRoute(HtmlPage page, ReportSource source, Route route)
    {
        page.Add($"<li class=\"row route\"><ul class=names>");
        foreach (var name in route.Names.Where(name => name.Fault is null).Take(MostNames)) page.Add($"<li>{name.Name}</li>");
        page.Add($"{ReportParts.More(route.Names.Count(name => name.Fault is null) - MostNames, "names")}");
        foreach (var alike in route.Names.Where(name => name.Fault is not null).GroupBy(name => name.Fault!))
            page.Add($"<li>{Some(alike.Select(name => name.Name))}{Fault(alike.Key)}</li>");
        if (route.Names.Count == 0) page.Add($"<li class=none>no name</li>");
        page.Add($"</ul><div class=stop>{Stop(source, route.Stop)}</div>{Next(source, route.Stop)}</li>\n");
    }

    private static Html Some(IEnumerable<string> names)
    {
        var all = names.ToList();
        return Html.Of($"{string.Join(", ", all.Take(MostAlike))}{(all.Count > MostAlike ? Html.Of($" <small>and {ReportText.Number(all.Count - MostAlike)} more</small>") : ReportParts.Nothing)}");
    }

    private static Html Next(ReportSource source, RouteStop stop) =>
        Html.Of($"<ul class=next>{Html.Join(stop.Next.Select(next => Html.Of($"<li>{Stop(source, next)}{(next.Next.Count > 0 ? Next(source, next) : ReportParts.Nothing)}</li>")))}</ul>");

    private static Html Stop(ReportSource source, RouteStop stop) =>
        Html.Of($"<span class=kind>{stop.Kind}</span> {ReportParts.Link(source, stop.Folder, stop.Name)}{Html.Join(stop.Marks.Select(mark => Html.Of($" {ReportParts.Mark(mark)}")))}{(stop.Detail is { Length: > 0 } detail ? Html.Of($" <small>{detail}</small>") : ReportParts.Nothing)}{Fault(stop.Fault)}");

    private static Html Fault(string? fault) => fault is null ? ReportParts.Nothing : Html.Of($" {ReportParts.Mark(fault, "warn")}");
}
