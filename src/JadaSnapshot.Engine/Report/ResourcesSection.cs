namespace JadaSnapshot.Engine.Report;

/// <summary>Every resource, with the folder that it lies in.</summary>
internal static class ResourcesSection
{
    private const int Most = 5000;

    public static void Write(HtmlPage page, ReportSource source)
    {
        page.Section("resources", "Resources");
        page.Add($"<table class=\"sortable resources\"><thead><tr><th>Name<th>Layer<th>Kind<th>Region<th class=n>Files<th class=n>Size<th>Folder</thead>\n<tbody>\n");
        foreach (var resource in source.Resources.Take(Most))
        {
            var sums = source.SumsOf(resource);
            page.Add($"<tr class=row><th scope=row>{resource.Name}{(source.IsWhole(resource) ? ReportParts.Nothing : Html.Of($" {ReportParts.Mark(sums is null ? "not captured" : "not whole", "bad")}"))}{(resource.Id != resource.Name ? Html.Of($" <small>{resource.Id}</small>") : ReportParts.Nothing)}<td>{resource.Layer}<td>{resource.Kind}<td>{resource.Region}<td class=n data-v=\"{sums?.FileCount ?? 0}\">{ReportText.Number(sums?.FileCount ?? 0)}<td class=n data-v=\"{sums?.TotalBytes ?? 0}\">{ReportText.Bytes(sums?.TotalBytes ?? 0)}<td>{ReportParts.Link(source, sums?.Folder, sums?.Folder ?? "")}\n");
        }
        page.Add($"</tbody></table>\n{ReportParts.More(source.Resources.Count - Most, "resources; resources.jsonl has them all")}");
        page.EndSection();
    }
}
