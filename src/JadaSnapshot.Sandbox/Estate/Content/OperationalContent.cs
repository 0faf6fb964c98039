using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace JadaSnapshot.Sandbox.Estate.Content;

/// <summary>What machines write: logs, repositories, backups, exports.</summary>
internal static class OperationalContent
{
    private static readonly DateTime LastDay = new(2026, 2, 28, 0, 0, 0, DateTimeKind.Utc);

    public static IEnumerable<ObjectPlan> AccessLogs(Dice dice, IReadOnlyList<string> buckets, int count) =>
        Enumerable.Range(0, count).Select(index =>
        {
            var time = LastDay.AddHours(-7 * index).AddSeconds(dice.Next(3600));
            var bucket = buckets[index % buckets.Count];
            var lines = string.Concat(Enumerable.Range(0, dice.Next(3, 12)).Select(line => string.Create(CultureInfo.InvariantCulture,
                $"jada {bucket} [{time.AddSeconds(line):dd/MMM/yyyy:HH:mm:ss} +0000] 192.0.2.{dice.Next(255)} - {dice.Hex(16)} WEBSITE.GET.OBJECT index.html \"GET / HTTP/1.1\" 200 - {dice.Next(9000)} 12 11 \"-\" \"Mozilla/5.0\" -\n")));
            return ObjectPlan.Words(string.Create(CultureInfo.InvariantCulture, $"logs/{bucket}/{time:yyyy-MM-dd-HH-mm-ss}-{dice.Hex(16)}"), lines)
                with
            { ContentType = "text/plain" };
        });

    public static IEnumerable<ObjectPlan> DistributionLogs(Dice dice, int count) =>
        Enumerable.Range(0, count).Select(index =>
        {
            var time = LastDay.AddHours(-11 * index);
            var text = new StringBuilder("#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs-uri-stem sc-status\n");
            for (var line = 0; line < 20; line++)
                text.Append(CultureInfo.InvariantCulture, $"{time:yyyy-MM-dd}\t{time:HH:mm}:{line:00}\tSAN50-P2\t{dice.Next(9000)}\t198.51.100.{dice.Next(255)}\tGET\t/index.html\t200\n");
            return ObjectPlan.Bytes(string.Create(CultureInfo.InvariantCulture, $"logs/E{dice.Hex(12).ToUpperInvariant()}.{time:yyyy-MM-dd-HH}.{dice.Hex(8)}.gz"),
                GZip(Encoding.UTF8.GetBytes(text.ToString())));
        });

    public static IEnumerable<ObjectPlan> Repository(Dice dice, int objects) =>
    [
        ObjectPlan.Words(".git/HEAD", "ref: refs/heads/main\n"),
        ObjectPlan.Words(".git/config", "[core]\n\trepositoryformatversion = 0\n\tbare = false\n"),
        ObjectPlan.Words(".git/refs/heads/main", dice.Hex(40) + "\n"),
        .. Enumerable.Range(0, objects).Select(_ =>
        {
            var hash = dice.Hex(40);
            return ObjectPlan.Bytes($".git/objects/{hash[..2]}/{hash[2..]}", GZip(dice.Bytes(dice.Next(60, 900))));
        }),
    ];

    public static IEnumerable<ObjectPlan> PreviousSnapshots(Dice dice, int count) =>
        Enumerable.Range(0, count).Select(index => ObjectPlan.Words($"previous-snapshots/v0.{index / 8 + 1}/part-{index % 8}.json",
            $$"""{"part":{{index % 8}},"digest":"{{dice.Hex(64)}}"}""" + "\n"));

    public static IEnumerable<ObjectPlan> Archives(Dice dice, string prefix, int count, int bytes) =>
        Enumerable.Range(0, count).Select(index => ObjectPlan.Bytes(
                string.Create(CultureInfo.InvariantCulture, $"{prefix}{LastDay.AddDays(-30 * index):yyyy-MM-dd}.tar.gz"), GZip(dice.Bytes(bytes + dice.Next(bytes / 4))))
            .With("x-amz-storage-class", index % 3 == 0 ? "STANDARD" : "STANDARD_IA")
            .With("x-amz-meta-made-by", "release.py"));

    public static IEnumerable<ObjectPlan> Exports(Dice dice, string prefix, int count) =>
        Enumerable.Range(0, count).Select(index =>
        {
            var rows = new StringBuilder("booking,date,guests,paid\n");
            for (var row = 0; row < dice.Next(5, 60); row++)
                rows.Append(CultureInfo.InvariantCulture, $"B{dice.Next(10000, 99999)},{LastDay.AddDays(-row - index):yyyy-MM-dd},{dice.Next(1, 7)},{dice.Next(79, 900)}.00\n");
            return ObjectPlan.Words(string.Create(CultureInfo.InvariantCulture, $"{prefix}{LastDay.AddDays(-7 * index):yyyy/MM/dd}.csv"), rows.ToString());
        });

    public static byte[] GZip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression, leaveOpen: true)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
