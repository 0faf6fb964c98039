using System.Globalization;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;
using Sylvan.Data.Csv;

namespace JadaSnapshot.Engine.Batch;

/// <summary>
/// The completion report of a job (<see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-examples-reports.html"/>), which
/// is taken for what it is only where it lies in its place, says its own digest, and speaks of the source.
/// </summary>
internal sealed class JobReport(S3Client s3, WorkPool places, S3Place place, string jobId, BucketPlace source, string folder)
{
    private const int Columns = 7;
    private const int LongestRow = 1 << 20;
    private const int LongestMessage = 1000;

    private readonly string _prefix = $"{place.Prefix}job-{jobId}/";

    /// <summary>The tasks that failed, in the order in which the report has them.</summary>
    /// <exception cref="ServiceException">There is no report, or it may not be read.</exception>
    /// <exception cref="InvalidDataException">It is not what such a report has to be.</exception>
    public async IAsyncEnumerable<FailedTask> FailedAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var (key, md5) in await ReadManifestAsync(cancel))
        {
            var path = Path.Combine(folder, $"report-{Guid.NewGuid():n}");
            using TemporaryFile file = new(path, isSealed: false);
            await new ObjectDownload(s3, places).DownloadAsync(place.Bucket, new(key, 0, "", default, ""), file, cancel);
            RequireMd5(file, key, md5);
            file.Flush(modified: null);
            using var rows = Reading(key, () => CsvDataReader.Create(path, new CsvDataReaderOptions { HasHeaders = false, MaxBufferSize = LongestRow }));
            while (Reading(key, rows.Read)) yield return ToTask(rows, key);
        }
    }

    private async Task<IReadOnlyList<(string Key, string Md5)>> ReadManifestAsync(CancellationToken cancel)
    {
        S3Call call = new() { Operation = "GetObject", Bucket = place.Bucket, Key = _prefix + "manifest.json" };
        using var manifest = await s3.GetDocumentAsync(call, Parse, cancel);
        if (manifest.RootElement.Text("Format") is not "Report_CSV_20180820") throw Damaged(call.Key, "is not a report of the kind that was asked for");
        return [.. from result in manifest.RootElement.Items("Results") where result.Text("TaskExecutionStatus") == "failed" select Result(result, call.Key)];
    }

    private static JsonDocument Parse(byte[] manifest)
    {
        try
        {
            return JsonDocument.Parse(manifest);
        }
        catch (JsonException exception)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    private (string, string) Result(JsonElement result, string manifest) =>
        (result.Text("Key"), result.Text("MD5Checksum")) is ({ } key, { } md5) && result.Text("Bucket") == place.Bucket && key.StartsWith(_prefix, StringComparison.Ordinal)
            ? (key, md5)
            : throw Damaged(manifest, "names a file that is none of the report");

    private static void RequireMd5(TemporaryFile file, string key, string expected)
    {
        if (!expected.Equals(Convert.ToHexStringLower(Digest.Of("MD5", file)), StringComparison.OrdinalIgnoreCase)) throw Damaged(key, "is not the file that the report names: its MD5 is another");
    }

    private static T Reading<T>(string key, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException)
        {
            throw Damaged(key, "is no file of comma-separated values");
        }
    }

    private FailedTask ToTask(CsvDataReader rows, string file)
    {
        if (rows.RowFieldCount != Columns) throw Damaged(file, $"has a row of {rows.RowFieldCount} columns and not {Columns}");
        var key = Decode(rows.GetString(1));
        if (Decode(rows.GetString(0)) != source.BucketName || !key.StartsWith(source.Prefix, StringComparison.Ordinal)) throw Damaged(file, $"speaks of an object that is none of {source}");
        // The schema has the code in front of the status, and the service writes it behind.
        var (code, status) = IsStatus(rows.GetString(4)) ? (rows.GetString(5), rows.GetString(4)) : (rows.GetString(4), rows.GetString(5));
        return new(key[source.Prefix.Length..], IsCode(code) ? code : "TaskFailed", IsStatus(status) ? int.Parse(status, CultureInfo.InvariantCulture) : 0, Readable(rows.GetString(6)));
    }

    private static bool IsStatus(string text) => text.Length == 3 && text.All(char.IsAsciiDigit);

    private static bool IsCode(string text) => text.Length is > 0 and <= 100 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_');

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static string Readable(string message) => UnseenText.Without(message.Length > LongestMessage ? message[..LongestMessage] : message);

    private static InvalidDataException Damaged(string? key, string why) => new($"The job's report cannot be read: {key} {why}.");
}
