using JadaSnapshot.Engine.Layers.Acm;

namespace JadaSnapshot.Engine.Report;

/// <summary>The certificates, those that expire first at the top.</summary>
internal static class CertificatesSection
{
    private const int Most = 500, Soon = 30;

    public static void Write(HtmlPage page, ReportSource source)
    {
        var certificates = source.All(new CertificateView()).OrderBy(each => each.Of.NotAfter ?? DateTimeOffset.MaxValue).ThenBy(each => each.Of.CertificateArn, StringComparer.Ordinal).ToList();
        page.Section("certificates", "Certificates", certificates.Count == 0 ? "There is no certificate in this snapshot." : "Days are counted from the day of the snapshot. ACM gives out no private key, so none is in here.");
        if (certificates.Count > 0)
        {
            page.Add($"<table class=\"sortable certificates\"><thead><tr><th>Names<th>Region<th>Expires<th class=n>Days left<th>Renewed by itself<th class=n>Used by</thead>\n<tbody>\n");
            foreach (var (resource, certificate) in certificates.Take(Most)) WriteRow(page, source, resource, certificate);
            page.Add($"</tbody></table>\n{ReportParts.More(certificates.Count - Most, "certificates")}");
        }
        page.EndSection();
    }

    private static void WriteRow(HtmlPage page, ReportSource source, Resource resource, Certificate certificate)
    {
        var days = certificate.NotAfter is { } end ? (long?)Math.Floor((end - source.Snapshot.StartedAt).TotalDays) : null;
        var others = certificate.SubjectAlternativeNames.Where(name => name != certificate.DomainName).ToList();
        page.Add($"<tr class=row><th scope=row>{ReportParts.Link(source, source.SumsOf(resource)?.Folder, certificate.DomainName)}{(others.Count > 0 ? Html.Of($" <small>{string.Join(", ", others)}</small>") : ReportParts.Nothing)}<td>{certificate.Region}<td>{(certificate.NotAfter is { } day ? Html.Of($"{ReportText.Day(day)}") : ReportParts.Mark(Words(certificate.Status), "warn"))}");
        page.Add($"<td class=\"n {(days >= 0 ? "days" : "")}\" data-v=\"{days ?? long.MaxValue}\">{(days is { } left ? Left(left) : ReportParts.Nothing)}<td>{(certificate.RenewalEligibility == "ELIGIBLE" ? "yes" : "no")}<td class=n data-v=\"{certificate.InUseBy.Count}\">{ReportText.Number(certificate.InUseBy.Count)}\n");
    }

    private static Html Left(long days) => days switch
    {
        < 0 => ReportParts.Mark("expired", "bad"),
        <= Soon => ReportParts.Mark(ReportText.Number(days), "bad"),
        <= 2 * Soon => ReportParts.Mark(ReportText.Number(days), "warn"),
        _ => Html.Of($"{ReportText.Number(days)}"),
    };

    private static string Words(string? status) => (status ?? "unknown").Replace('_', ' ').ToLowerInvariant();
}
