using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.S3;

namespace JadaSnapshot.Sandbox.Services.S3Control;

/// <summary>The completion report of a job.</summary>
/// <remarks>
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-examples-reports.html"/>. The schema names ErrorCode before HTTPStatusCode; the lines, in the documentation's own
/// examples as from S3, hold the status first.
/// </remarks>
internal static class CompletionReport
{
    private const int LinesPerFile = 1_000;

    public static async Task WriteAsync(BatchJob job, S3Objects objects, DateTimeOffset now, CancellationToken cancel)
    {
        var report = job.Report.Tree;
        if (!report.Flag("Enabled")) return;
        var bucket = JobRules.BucketOf(report.Text("Bucket")!);
        var folder = $"{(report.Text("Prefix") is { } prefix ? prefix.TrimEnd('/') + "/" : "")}job-{job.Id}/";
        var files = new JsonArray();
        foreach (var results in job.Results.Where(result => !result.IsSuccess || report.Text("ReportScope") == "AllTasks").GroupBy(result => result.IsSuccess).OrderByDescending(group => group.Key))
            foreach (var lines in results.Chunk(LinesPerFile))
            {
                var body = Encoding.UTF8.GetBytes(string.Concat(lines.Select(Line)));
                var key = $"{folder}results/{SandboxWorld.HashId($"{job.Id}/{files.Count}", 40).ToLowerInvariant()}.csv";
                await objects.PutAsync(bucket, key, body, cancel);
                files.Add(new JsonObject { ["TaskExecutionStatus"] = Word(results.Key), ["Bucket"] = bucket, ["MD5Checksum"] = Md5.Hex([body]), ["Key"] = key });
            }
        var manifest = Encoding.UTF8.GetBytes(JsonAnswer.Text(new JsonObject
        {
            ["Format"] = "Report_CSV_20180820",
            ["ReportCreationDate"] = now.IsoMilliseconds(),
            ["Results"] = files,
            ["ReportSchema"] = "Bucket, Key, VersionId, TaskStatus, ErrorCode, HTTPStatusCode, ResultMessage",
        }));
        await objects.PutAsync(bucket, folder + "manifest.json", manifest, cancel);
        await objects.PutAsync(bucket, folder + "manifest.json.md5", Encoding.UTF8.GetBytes(Md5.Hex([manifest])), cancel);
    }

    private static string Line(TaskResult result) => CsvText.Line(result.Task.Bucket, S3Objects.Escape(result.Task.Key), result.Task.VersionId,
        Word(result.IsSuccess), result.Status.ToString(CultureInfo.InvariantCulture), result.Code, result.Message);

    private static string Word(bool isSuccess) => isSuccess ? "succeeded" : "failed";
}
