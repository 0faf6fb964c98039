namespace JadaSnapshot.Engine.Report;

/// <summary>What is missing, and why.</summary>
internal static class ProblemsSection
{
    public static void Write(HtmlPage page, ReportSource source)
    {
        var problems = source.Sums.Problems;
        page.Section("problems", "What is missing", problems.Count == 0 ? "Nothing. Everything that was asked for is in this snapshot." : null);
        foreach (var layer in problems.Groups.GroupBy(group => group.Layer))
        {
            page.Add($"<h3>{layer.Key} {ReportParts.Mark(ReportText.Count(layer.Sum(group => group.Count), "problem"), "bad")}</h3>\n");
            foreach (var group in layer)
            {
                page.Add($"<details class=group{(group.Count <= 5 ? Html.Of($" open") : ReportParts.Nothing)}><summary><b>{group.ErrorCode}</b> {group.Operation} <small>{ReportText.Count(group.Count, "time")}</small></summary>\n<ul class=rows>\n");
                foreach (var problem in group.First)
                    page.Add($"<li class=row><b>{(problem.Resource.Length > 0 ? problem.Resource : "all of the layer")}</b> <span>{problem.Message}</span>{(problem.RequestId is { } id ? Html.Of($" <small>request {id}</small>") : ReportParts.Nothing)}</li>\n");
                page.Add($"</ul>\n{ReportParts.More(group.Count - group.First.Count, "of this kind; problems.jsonl has them all")}</details>\n");
            }
        }
        page.Add($"{ReportParts.More(problems.Count - problems.Groups.Sum(group => group.Count), "problems of other kinds; problems.jsonl has them all")}");
        page.EndSection();
    }
}
