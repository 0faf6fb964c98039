using JadaSnapshot.Engine.Layers.S3;

namespace JadaSnapshot.Engine.Report;

/// <summary>What was captured, by layer and by bucket.</summary>
internal static class SizesSection
{
    private const int MostBuckets = 300, MostFolders = 15;

    public static void Write(HtmlPage page, ReportSource source)
    {
        WriteLayers(page, [.. source.Captured()]);
        WriteBuckets(page, source);
    }

    private static void WriteLayers(HtmlPage page, List<SnapshotLayer> layers)
    {
        var whole = layers.Sum(layer => layer.TotalBytes);
        page.Section("layers", "Layers");
        page.Add($"<table class=\"sortable layers\"><thead><tr><th>Layer<th>Status<th class=n>Resources<th class=n>Files<th class=n>Size<th class=chart>Share of {ReportText.Bytes(whole)}</thead>\n<tbody>\n");
        foreach (var layer in layers)
            page.Add($"<tr class=row><th scope=row>{layer.Name}<td>{(layer.ProblemCount == 0 ? ReportParts.Mark("complete", "good") : ReportParts.Mark(ReportText.Count(layer.ProblemCount, "problem"), "bad"))}<td class=n data-v=\"{layer.ResourceCount}\">{ReportText.Number(layer.ResourceCount)}<td class=n data-v=\"{layer.FileCount}\">{ReportText.Number(layer.FileCount)}<td class=n data-v=\"{layer.TotalBytes}\">{ReportText.Bytes(layer.TotalBytes)}<td class=chart data-v=\"{layer.TotalBytes}\">{ReportParts.Bar(layer.TotalBytes, whole, $"{layer.Name}: {ReportParts.Share(layer.TotalBytes, whole)} of all bytes")}\n");
        page.Add($"</tbody></table>\n");
        page.EndSection();
    }

    private static void WriteBuckets(HtmlPage page, ReportSource source)
    {
        var buckets = source.Resources.Where(resource => resource is { Layer: S3Layer.LayerName, Kind: "bucket" })
            .Select(bucket => (Bucket: bucket, Sums: source.SumsOf(bucket)))
            .OrderByDescending(each => each.Sums?.ObjectBytes ?? 0).ThenBy(each => each.Bucket.Name, StringComparer.Ordinal).ToList();
        var largest = buckets.Count > 0 ? buckets[0].Sums?.ObjectBytes ?? 0 : 0;
        page.Section("buckets", "Buckets", buckets.Count == 0 ? "There is no bucket in this snapshot." : $"{ReportText.Count(buckets.Count, "bucket")} with {ReportText.Count(buckets.Sum(each => each.Sums?.ObjectCount ?? 0), "object")}, {ReportText.Bytes(buckets.Sum(each => each.Sums?.ObjectBytes ?? 0))}. Open one to see its folders.");
        page.Add($"<div class=buckets>\n");
        foreach (var (bucket, sums) in buckets.Take(MostBuckets))
        {
            var bytes = sums?.ObjectBytes ?? 0;
            page.Add($"<details class=row><summary><b>{bucket.Name}</b><span class=n>{ReportText.Count(sums?.ObjectCount ?? 0, "object")}</span><span class=n>{ReportText.Bytes(bytes)}</span>{ReportParts.Bar(bytes, largest, $"{bucket.Name}: {ReportText.Bytes(bytes)}")}</summary>\n");
            if (sums?.ObjectCount > 0) WriteFolders(page, source, sums);
            else page.Add($"<p class=remark>It holds no object{(sums is null ? ", and nothing of it was captured" : "")}.</p>\n");
            page.Add($"</details>\n");
        }
        page.Add($"</div>\n{ReportParts.More(buckets.Count - MostBuckets, "buckets, each smaller than these")}");
        page.EndSection();
    }

    private static void WriteFolders(HtmlPage page, ReportSource source, Store.ResourceSums sums)
    {
        page.Add($"<p class=remark>{ReportParts.Link(source, sums.Folder, sums.Folder)}</p>\n");
        if (sums.IsKeptInS3)
        {
            page.Add($"<p class=remark>Its objects are kept as copies in S3, which copies.jsonl names.</p>\n");
            return;
        }
        if (sums.Folders is not { } folders)
        {
            page.Add($"<p class=remark>It has more folders than can be told of one by one.</p>\n");
            return;
        }
        var ordered = folders.OrderByDescending(folder => folder.Value.TotalBytes).ThenBy(folder => folder.Key, StringComparer.Ordinal).ToList();
        page.Add($"<table class=folders><thead><tr><th>Folder<th class=n>Objects<th class=n>Size</thead><tbody>\n");
        foreach (var (name, of) in ordered.Take(MostFolders))
            page.Add($"<tr><th scope=row>{(name.Length > 0 ? name : "(no folder)")}<td class=n>{ReportText.Number(of.ObjectCount)}<td class=n>{ReportText.Bytes(of.TotalBytes)}\n");
        page.Add($"</tbody></table>\n");
        var others = ordered.Skip(MostFolders).ToList();
        if (others.Count > 0) page.Add($"<p class=more>and {ReportText.Count(others.Count, "folder")} more: {ReportText.Count(others.Sum(folder => folder.Value.ObjectCount), "object")}, {ReportText.Bytes(others.Sum(folder => folder.Value.TotalBytes))}</p>\n");
    }
}
