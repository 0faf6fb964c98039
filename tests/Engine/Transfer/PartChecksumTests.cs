using System.Globalization;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Transfer;

public sealed class PartChecksumTests
{
    private const int Smallest = 5 << 20;
    private static readonly int[] Alike = [Smallest, Smallest, 12_345];
    private static readonly int[] Unlike = [Smallest, Smallest + 12_345, Smallest, 678];
    private static readonly int[] FirstIsLonger = [Smallest + 12_345, Smallest, 678];

    public static TheoryData<string, int[], int, bool> Uploads => new()
    {
        { "CRC32", Alike, 1, true }, { "CRC32C", Alike, 1, true }, { "SHA1", Alike, 1, false }, { "SHA256", Alike, 1, false }, { "MD5", Alike, 1, true },
        // What was guessed does not fit, or does and is wrong: then each part is asked for.
        { "CRC32", Unlike, 5, true }, { "MD5", Unlike, 5, false }, { "CRC32", FirstIsLonger, 4, false },
        // A checksum of the whole needs no parts.
        { "CRC64NVME", Alike, 0, true },
    };

    [Theory]
    [MemberData(nameof(Uploads))]
    public async Task An_object_that_was_uploaded_in_parts_is_held_against_their_checksums(string algorithm, int[] parts, int heads, bool inParts)
    {
        await using var transfer = await TransferFixture.StartAsync();
        var (listed, body) = await UploadAsync(transfer, algorithm, parts);
        if (algorithm == "MD5") transfer.Add("kind=nochecksum,operation=GetObject");
        var file = new MemoryFile();
        var record = await DownloadAsync(transfer, listed, file, inParts);
        Assert.True(file.Content.SequenceEqual(body));
        Assert.Null(record.Unverified);
        if (algorithm != "MD5") Assert.StartsWith(algorithm + ":", record.Checksum, StringComparison.Ordinal);
        Assert.Equal(heads, await HeadsAsync(transfer, heads));
    }

    [Theory]
    [InlineData("CRC32", true, false, "kind=corruptbody,times=1")]
    [InlineData("SHA256", false, true, "kind=delay,delay=1ms,times=1 kind=corruptbody,times=1")]
    [InlineData("MD5", true, true, "kind=nochecksum,times=1 kind=corruptbody,times=1")]
    public async Task A_byte_that_is_wrong_on_the_wire_is_noticed_and_fetched_anew(string algorithm, bool areAlike, bool inParts, string faults)
    {
        await using var transfer = await TransferFixture.StartAsync();
        var (listed, body) = await UploadAsync(transfer, algorithm, areAlike ? Alike : Unlike);
        foreach (var fault in faults.Split(' ')) transfer.Add(fault + ",operation=GetObject");
        var file = new MemoryFile();
        Assert.Null((await DownloadAsync(transfer, listed, file, inParts)).Unverified);
        Assert.Equal(1, file.Resets);
        Assert.True(file.Content.SequenceEqual(body));
    }

    [Fact]
    public async Task What_stays_wrong_is_never_called_right()
    {
        await using var transfer = await TransferFixture.StartAsync();
        var (listed, _) = await UploadAsync(transfer, "CRC32C", Alike);
        transfer.Add("kind=corruptbody,operation=GetObject");
        var failure = await Assert.ThrowsAsync<ServiceException>(() => transfer.DownloadAsync(listed, new MemoryFile()));
        Assert.Equal((FailureKind.Corrupt, "ChecksumMismatch"), (failure.Kind, failure.Code));
        Assert.Contains("its CRC32C of 3 parts is another", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kind=deny,operation=HeadObject", "AccessDenied")]
    [InlineData("kind=error,status=416,operation=HeadObject", "Http416")]
    public async Task Where_nobody_says_where_parts_end_the_object_is_taken_and_noted_as_unverified(string fault, string reason)
    {
        await using var transfer = await TransferFixture.StartAsync();
        var (listed, body) = await UploadAsync(transfer, "SHA256", Alike);
        transfer.Add(fault);
        var file = new MemoryFile();
        Assert.Equal(reason, (await transfer.DownloadAsync(listed, file)).Unverified);
        Assert.True(file.Content.SequenceEqual(body));
    }

    [Fact]
    public async Task What_the_service_says_nothing_of_is_noted_as_unverified()
    {
        await using var transfer = await TransferFixture.StartAsync();
        var listed = await transfer.PutAsync("key", [1, 2, 3], ("x-amz-server-side-encryption", "aws:kms"));
        transfer.Add("kind=nochecksum,operation=GetObject");
        Assert.Equal("NoChecksum", (await transfer.DownloadAsync(listed, new MemoryFile())).Unverified);
    }

    [Fact]
    public async Task A_version_is_held_against_its_own_parts()
    {
        await using var transfer = await TransferFixture.StartAsync();
        await transfer.Client.PutAsync("/bucket?versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
        var (listed, body) = await UploadAsync(transfer, "CRC32", Alike);
        var version = (await transfer.Client.SendAsync("HEAD", "/bucket/key")).Headers["x-amz-version-id"];
        await transfer.PutAsync("key", [1, 2, 3]);
        var file = new MemoryFile();
        Assert.Null((await transfer.DownloadAsync(listed with { VersionId = version }, file)).Unverified);
        Assert.True(file.Content.SequenceEqual(body));
    }

    private static Task<ObjectRecord> DownloadAsync(TransferFixture transfer, ListedObject listed, MemoryFile file, bool inParts) =>
        (inParts ? transfer.Downloads(transfer.Places) : new ObjectDownload(transfer.S3, transfer.Places)).DownloadAsync("bucket", listed, file, TestContext.Current.CancellationToken);

    /// <summary>Uploads an object in parts; for MD5 without a word of checksums.</summary>
    private static async Task<(ListedObject Listed, byte[] Body)> UploadAsync(TransferFixture transfer, string algorithm, int[] parts)
    {
        var body = TransferFixture.Bytes(parts.Sum());
        var begun = await transfer.Client.SendAsync("POST", "/bucket/key?uploads", [], algorithm == "MD5" ? [] : [("x-amz-checksum-algorithm", algorithm)]);
        var upload = begun.Text.Split("<UploadId>")[1].Split('<')[0];
        var list = "<CompleteMultipartUpload>";
        for (var (number, from) = (1, 0); number <= parts.Length; from += parts[number - 1], number++)
        {
            var part = await transfer.Client.SendAsync("PUT", $"/bucket/key?partNumber={number}&uploadId={upload}", body[from..(from + parts[number - 1])]);
            list += string.Create(CultureInfo.InvariantCulture, $"<Part><PartNumber>{number}</PartNumber><ETag>{part.Headers["ETag"]}</ETag></Part>");
        }
        var done = await transfer.Client.SendAsync("POST", $"/bucket/key?uploadId={upload}", System.Text.Encoding.UTF8.GetBytes(list + "</CompleteMultipartUpload>"));
        Assert.Equal(200, done.Status);
        var etag = done.Text.Split("<ETag>")[1].Split('<')[0].Replace("&quot;", "", StringComparison.Ordinal).Trim('"');
        Assert.EndsWith($"-{parts.Length}", etag, StringComparison.Ordinal);
        return (new("key", body.Length, etag, default, "STANDARD"), body);
    }

    private static async Task<long> HeadsAsync(TransferFixture transfer, int atLeast)
    {
        for (var wait = 0; wait < 500 && transfer.Host.Requests.Count("s3", "HeadObject") < atLeast; wait++) await Task.Delay(10, TestContext.Current.CancellationToken);
        return transfer.Host.Requests.Count("s3", "HeadObject");
    }
}
