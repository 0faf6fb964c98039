using System.Security.Cryptography;
using System.Text;
using JadaSnapshot.Engine.Batch;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Sync;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;
using Xunit;
using static JadaSnapshot.Engine.Tests.Batch.BatchTest;

namespace JadaSnapshot.Engine.Tests.Batch;

public sealed class JobReportTests
{
    private const string Place = "batch/job-1/", File = Place + "results/a.csv";

    [Fact]
    public async Task A_report_tells_of_each_failed_task_whichever_of_code_and_status_stands_first()
    {
        await using var test = await StartAsync();
        var rows = "source,in/a%20b,,failed,403,AccessDenied,\"Access, \"\"Denied\"\"\nand\u001b[31m more\"\nsource,in/%E6%97%A5+x,v1,failed,NoSuchKey,404,\nsource,in/c,,failed,200,Permanent Failure,x\n";
        await PutAsync(test, rows);

        Assert.Equal(
        [
            new FailedTask("a b", "AccessDenied", 403, "Access, \"Denied\" and [31m more"),
            new("日 x", "NoSuchKey", 404, ""),
            new("c", "TaskFailed", 200, "x"),
        ], await ReadAsync(test));
    }

    [Theory]
    [InlineData("columns")]
    [InlineData("other object")]
    [InlineData("other prefix")]
    [InlineData("quotation")]
    [InlineData("endless row")]
    [InlineData("digest")]
    [InlineData("other bucket")]
    [InlineData("other file")]
    [InlineData("other format")]
    [InlineData("no document")]
    [InlineData("no object")]
    public async Task A_report_that_is_none_is_refused(string what)
    {
        await using var test = await StartAsync();
        var rows = what switch
        {
            "columns" => "source,in/a,failed\n",
            "other object" => "elsewhere,in/a,,failed,403,AccessDenied,x\n",
            "other prefix" => "source,out/a,,failed,403,AccessDenied,x\n",
            "quotation" => "source,in/a,,failed,403,AccessDenied,\"x\n",
            "endless row" => $"source,in/a,,failed,403,AccessDenied,\"{new string('x', 3 << 20)}\"\n",
            _ => "source,in/a,,failed,403,AccessDenied,x\n",
        };
        await test.PutAsync("source", "secret", rows);
        await test.PutAsync("reports", "elsewhere.csv", rows);
        await PutAsync(test, rows, what == "digest" ? "other" : rows, what == "other bucket" ? "source" : "reports", what == "other file" ? "elsewhere.csv" : File, what == "other format" ? "Report_CSV_20990101" : "Report_CSV_20180820");
        if (what is "no document" or "no object") await test.PutAsync("reports", Place + "manifest.json", what == "no document" ? "{" : "[]");

        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(test));
        Assert.True(refusal is InvalidDataException or ServiceException { Kind: FailureKind.Corrupt }, $"{refusal}");
    }

    private static async Task PutAsync(SyncTest test, string rows, string? digested = null, string bucket = "reports", string key = File, string format = "Report_CSV_20180820")
    {
        await test.PutAsync("reports", File, rows);
#pragma warning disable CA5351
        var md5 = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(digested ?? rows)));
#pragma warning restore CA5351
        await test.PutAsync("reports", Place + "manifest.json", $$"""
            {"Format":"{{format}}","ReportCreationDate":"2026-01-01T00:00:00Z","ReportSchema":"Bucket, Key, VersionId, TaskStatus, ErrorCode, HTTPStatusCode, ResultMessage","Results":[
            {"TaskExecutionStatus":"succeeded","Bucket":"reports","MD5Checksum":"x","Key":"{{Place}}results/fine.csv"},
            {"TaskExecutionStatus":"failed","Bucket":"{{bucket}}","MD5Checksum":"{{md5}}","Key":"{{key}}"}]}
            """);
    }

    private static async Task<List<FailedTask>> ReadAsync(SyncTest test)
    {
        using S3Client s3 = new(test.Connection, 2);
        using WorkPool places = new(2);
        using TemporaryStore folder = new();
        return await new JobReport(s3, places, Reports, "1", new("source", "in/"), folder.Path).FailedAsync(SyncTest.Cancel).ToListAsync(SyncTest.Cancel);
    }
}
