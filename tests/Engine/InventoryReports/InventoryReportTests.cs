using System.Text;
using JadaSnapshot.Engine.InventoryReports;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;
using Xunit;

namespace JadaSnapshot.Engine.Tests.InventoryReports;

public sealed class InventoryReportTests
{
    private const string Row = "\"jada\",\"a\",\"1\",\"2026-11-01T00:00:00.000Z\",\"e\",\"STANDARD\"\n";

    private static readonly string[] OddKeys = ["index.html", "a b+c&d=é?", "dir/", "../x", "%41", "\u0001", "line\nbreak", "tab\t\"quoted\",", "\U0001F6A2", "\uFFFD", "Z", "a", "a/b", new('k', 1024)];

    [Fact]
    public async Task A_report_tells_what_a_listing_does_in_the_same_order_whatever_the_keys()
    {
        await using var test = await InventoryTest.StartAsync();
        foreach (var key in OddKeys) await test.World.PutAsync("jada", key, "content of " + key, new KeyValuePair<string, string>("x-amz-storage-class", key.Length == 1 ? "STANDARD_IA" : "STANDARD"));
        test.Deliver();
        await test.World.PutAsync("jada", "later", "later");

        var listed = await test.ListAsync();
        test.World.Host.Requests.Clear();
        Assert.Equal(listed.Where(each => each.Key != "later"), await test.ReadAsync());
        Assert.InRange(DateTimeOffset.UtcNow - test.Origins.Single().ListedAt!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(2));
        Assert.Equal(["a", "a b+c&d=é?", "a/b"], (await test.ReadAsync("a")).Select(each => each.Key));
        // As scale.md grants it: of the bucket itself nothing but its inventory configurations.
        Assert.Equal(
            ["GetObject /reports/inventory/jada/daily/", "ListBucketInventoryConfigurations /jada", "ListObjectsV2 /reports?prefix=inventory/jada/daily/"],
            test.World.Host.Requests.Entries.Select(entry => entry.Operation + " " + Place(entry.Target)).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Of_a_report_on_all_versions_only_current_objects_are_taken()
    {
        await using var test = await InventoryTest.StartAsync();
        await test.OrderAsync(versions: "All", fields: "ETag Size LastModifiedDate");
        await test.World.CallAsync("PUT", "/jada?versioning", Encoding.UTF8.GetBytes("<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"));
        foreach (var content in (string[])["1", "22", "333"])
            foreach (var key in (string[])["kept", "deleted", "again"]) await test.World.PutAsync("jada", key, content);
        await test.World.DeleteAsync("jada", "deleted");
        await test.World.DeleteAsync("jada", "again");
        await test.World.PutAsync("jada", "again", "4444");
        test.Deliver();

        Assert.Equal((await test.ListAsync()).Select(each => each with { StorageClass = "" }), await test.ReadAsync());
    }

    [Fact]
    public async Task Of_several_reports_the_newest_that_is_finished_is_read()
    {
        await using var test = await InventoryTest.StartAsync();
        var days = Enumerable.Range(1, 12).Select(day => new DateTimeOffset(2026, 11, day, 1, 0, 0, TimeSpan.Zero)).ToArray();
        var folders = new List<string>();
        foreach (var day in days)
        {
            await test.World.PutAsync("jada", $"day-{day.Day:00}", "");
            folders.Add(test.Deliver(day));
        }
        await test.World.DeleteAsync("reports", folders[^1] + "manifest.json");
        await test.World.DeleteAsync("reports", folders[^2] + "manifest.checksum");

        Assert.Equal(10, (await test.ReadAsync()).Count);
        Assert.Equal(days[9], test.Origins.Single().ListedAt);

        await test.OrderAsync("weekly", versions: "All");
        test.Deliver(days[10].AddHours(1));
        Assert.Equal(12, (await test.ReadAsync()).Count);
        Assert.Equal(days[10].AddHours(1), test.Origins[1].ListedAt);
    }

    [Theory]
    [InlineData("/data/", "its bytes are not those of the report's manifest")]
    [InlineData("Z/manifest.json", "not that of manifest.checksum")]
    public async Task A_file_that_was_tampered_with_is_named_and_nothing_is_taken_from_the_report(string which, string words)
    {
        await using var test = await InventoryTest.StartAsync();
        foreach (var key in OddKeys) await test.World.PutAsync("jada", key, key);
        test.Deliver();
        var key2 = (await test.World.KeysAsync("reports")).Last(key => key.Contains(which, StringComparison.Ordinal));
        var content = (await test.World.GetAsync("reports", key2)).Answer.Body.ToArray();
        content[^5] ^= 1;
        await test.PutAsync(key2, content);

        var refusal = await Assert.ThrowsAsync<ServiceException>(() => test.ReadAsync());
        Assert.Equal("DamagedInventory", refusal.Code);
        Assert.Contains($"reports/{key2}: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ORC", "Size LastModifiedDate ETag", "", true, "its inventory configuration 'daily' has ORC written, which is not read here: set its format to CSV")]
    [InlineData("CSV", "Size ETag", "", true, "its inventory configuration 'daily' lacks the optional field LastModifiedDate: add it")]
    [InlineData("CSV", "Size LastModifiedDate ETag", "img/", true, "its inventory configuration 'daily' reports keys below 'img/' alone")]
    [InlineData("CSV", "Size LastModifiedDate ETag", "", false, "its inventory configuration 'daily' is not enabled")]
    [InlineData("CSV", "Size LastModifiedDate ETag", "", true, "there is no finished report in reports/inventory/jada/daily/ yet")]
    public async Task Without_a_report_that_serves_the_bucket_is_listed_and_what_to_set_is_said(string format, string fields, string filter, bool isEnabled, string why)
    {
        await using var test = await InventoryTest.StartAsync();
        await test.World.PutAsync("jada", "index.html", "x");
        await test.OrderAsync(format: format, fields: fields, filter: filter, isEnabled: isEnabled);
        Assert.Equal("index.html", Assert.Single(await test.ReadAsync()).Key);
        Assert.Equal((null, why), (test.Origins.Single().ListedAt, test.Origins.Single().WhyListed));
    }

    [Fact]
    public async Task A_report_on_a_prefix_serves_whoever_wants_no_more()
    {
        await using var test = await InventoryTest.StartAsync();
        foreach (var key in (string[])["img/a", "img/b/1", "index.html"]) await test.World.PutAsync("jada", key, key);
        await test.OrderAsync(filter: "img/");
        test.Deliver();
        Assert.Equal(["img/b/1"], (await test.ReadAsync("img/b/")).Select(each => each.Key));
        Assert.NotNull(test.Origins[0].ListedAt);
        Assert.Equal(3, (await test.ReadAsync()).Count);
        Assert.Null(test.Origins[1].ListedAt);
    }

    [Fact]
    public async Task Who_may_not_read_the_reports_gets_a_listing_and_hears_why()
    {
        await using var test = await InventoryTest.StartAsync();
        await test.World.PutAsync("jada", "index.html", "x");
        test.Deliver();
        test.World.Host.Faults.Add(JadaSnapshot.Sandbox.Hosting.Faults.Fault.Parse("service=s3,operation=GetObject,match=/reports,kind=deny"));
        Assert.Single(await test.ReadAsync());
        Assert.Contains("Access to reports/inventory/jada/daily/", test.Origins.Single().WhyListed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"jada\",\"a\",\"1\"\n", "row 1 has 3 columns, and not 6")]
    [InlineData(Row + "\"other\",\"b\",\"1\",\"2026-11-01T00:00:00.000Z\",\"e\",\"STANDARD\"\n", "row 2 is of another bucket than jada")]
    [InlineData("\"jada\",\"a\",\"-1\",\"2026-11-01T00:00:00.000Z\",\"e\",\"STANDARD\"\n", "row 1 has no size")]
    [InlineData("\"jada\",\"a\",\"1\",\"yesterday\",\"e\",\"STANDARD\"\n", "row 1 has no time of change")]
    [InlineData("\"jada\",\"a b\",\"1\",\"2026-11-01T00:00:00.000Z\",\"e\",\"STANDARD\"\n", "row 1 has a key that is not URL-encoded")]
    [InlineData("\"jada\",\"\",\"1\",\"2026-11-01T00:00:00.000Z\",\"e\",\"STANDARD\"\n", "row 1 has a key that cannot be one")]
    [InlineData("\"jada\",\"a\",\"1\",\"2026-11-01T00:00:00.000Z\",\"two words\",\"STANDARD\"\n", "row 1 has no ETag that can be one")]
    [InlineData("\"jada\",\"a", "not gzipped CSV of UTF-8, or not whole")]
    public async Task A_file_that_is_not_as_S3_writes_it_is_refused(string content, string words)
    {
        await using var test = await InventoryTest.StartAsync();
        await test.World.PutAsync("jada", "a", "x");
        await test.ForgeAsync(InventoryTest.Gzip(content));
        Assert.Contains(words, (await Assert.ThrowsAsync<ServiceException>(() => test.ReadAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_unpacks_without_end_or_is_not_packed_at_all_or_lies_elsewhere_is_refused()
    {
        await using var test = await InventoryTest.StartAsync();
        await test.World.PutAsync("jada", "a", "x");
        await test.ForgeAsync(InventoryTest.Gzip(string.Concat(Enumerable.Repeat(Row, 100_000))));
        Assert.Contains("unpacks to more than a report can be", (await Assert.ThrowsAsync<ServiceException>(() => test.ReadAsync())).Message, StringComparison.Ordinal);

        await test.ForgeAsync(InventoryTest.Gzip(new string('x', 1 << 20)));
        Assert.Contains("not gzipped CSV", (await Assert.ThrowsAsync<ServiceException>(() => test.ReadAsync())).Message, StringComparison.Ordinal);

        await test.ForgeAsync(Encoding.UTF8.GetBytes(Row));
        Assert.Contains("not gzipped CSV", (await Assert.ThrowsAsync<ServiceException>(() => test.ReadAsync())).Message, StringComparison.Ordinal);

        await test.ForgeAsync(InventoryTest.Gzip(Row), manifest => manifest["files"]![0]!["key"] = "elsewhere/a.csv.gz");
        Assert.Contains("names a file outside of inventory/jada/daily/", (await Assert.ThrowsAsync<ServiceException>(() => test.ReadAsync())).Message, StringComparison.Ordinal);

        await test.ForgeAsync(InventoryTest.Gzip(Row), manifest => manifest["files"]![0]!["size"] = 10);
        Assert.Contains("more bytes than the 10", (await Assert.ThrowsAsync<ServiceException>(() => test.ReadAsync())).Message, StringComparison.Ordinal);

        await test.ForgeAsync(InventoryTest.Gzip(Row), manifest => manifest["fileSchema"] = "Bucket, Key, Size");
        Assert.Contains("no column LastModifiedDate", (await Assert.ThrowsAsync<ServiceException>(() => test.ReadAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_sorted_on_disk_comes_back_as_it_was_on_a_line_of_its_own()
    {
        foreach (var key in (string[])[.. OddKeys, "%0A", "%25", "%%0A\n%", " ", new('\n', 1024)])
        {
            ListedObject listed = new(key, 5L << 40, "e-2", new(2026, 11, 1, 2, 3, 4, TimeSpan.Zero), "");
            using var line = new MemoryStream();
            ListedLine.Write(line, listed);
            Assert.DoesNotContain((byte)'\n', line.ToArray());
            Assert.Equal(listed, ListedLine.Parse(line.ToArray()));
        }
    }

    [Fact]
    public async Task A_key_that_a_report_has_twice_is_taken_as_it_was_last()
    {
        await using var test = await InventoryTest.StartAsync();
        await test.World.PutAsync("jada", "a", "x");
        await test.ForgeAsync(InventoryTest.Gzip(Row + Row.Replace("2026-11-01", "2026-11-02", StringComparison.Ordinal).Replace("\"1\"", "\"2\"", StringComparison.Ordinal)));
        Assert.Equal(2, Assert.Single(await test.ReadAsync()).Size);
    }

    [Fact]
    public async Task A_report_on_nothing_is_a_bucket_without_objects()
    {
        await using var test = await InventoryTest.StartAsync();
        test.Deliver();
        Assert.Empty(await test.ReadAsync());
        Assert.NotNull(test.Origins.Single().ListedAt);
    }

    private static string Place(string target) =>
        target.Contains("prefix=", StringComparison.Ordinal) ? "/reports?prefix=" + Uri.UnescapeDataString(target[(target.IndexOf("prefix=", StringComparison.Ordinal) + 7)..])
        : target.StartsWith("/reports/", StringComparison.Ordinal) ? "/reports/inventory/jada/daily/"
        : target.Split('?')[0];
}
