using JadaSnapshot.Engine.Transfer;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Transfer;

public sealed class UploadPlanTests
{
    private const long Megabyte = 1 << 20;

    [Theory]
    [InlineData(0, "d41d8cd98f00b204e9800998ecf8427e", null)]
    [InlineData(63 * Megabyte, "0123456789abcdef0123456789abcdef", "CRC64NVME:AAAAAAAAAAA=")]
    [InlineData(3 * Megabyte, "0123456789abcdef0123456789abcdef-2", null)]
    [InlineData(0, "0123456789abcdef0123456789abcdef-1", null)]
    public void A_small_object_goes_whole_also_where_no_parts_could_have_made_it(long size, string etag, string? checksum) => Assert.Null(Plan(size, etag, checksum));

    [Theory]
    [InlineData(64 * Megabyte, "0123456789abcdef0123456789abcdef", "CRC64NVME:AAAAAAAAAAA=", 16, 4, "CRC64NVME", false)]
    [InlineData(64 * Megabyte, "0123456789abcdef0123456789abcdef", "CRC32:AAAAAA==", 16, 4, "CRC32", false)]
    [InlineData(64 * Megabyte, "0123456789abcdef0123456789abcdef", "SHA256:AAAA", 16, 4, "CRC64NVME", false)]
    [InlineData(20 * Megabyte, "0123456789abcdef0123456789abcdef-3", "CRC64NVME:AAAAAAAAAAA=", 8, 3, "CRC64NVME", false)]
    [InlineData(20 * Megabyte, "0123456789abcdef0123456789abcdef-4", "SHA256:AAAA-4", 5, 4, "SHA256", true)]
    [InlineData(1000 * Megabyte, "0123456789abcdef0123456789abcdef-20", "CRC32:AAAAAA==-20", 50, 20, "CRC32", true)]
    [InlineData(27 * Megabyte, "0123456789abcdef0123456789abcdef-4", null, 8, 4, "CRC64NVME", false)]
    [InlineData(33 * Megabyte, "0123456789abcdef0123456789abcdef-3", null, 16, 3, "CRC64NVME", false)]
    [InlineData(65 * Megabyte, "0123456789abcdef0123456789abcdef-6", null, 11, 6, "CRC64NVME", false)]
    [InlineData(1, "0123456789abcdef0123456789abcdef-1", null, 8, 1, "CRC64NVME", false)]
    public void An_object_goes_in_as_many_parts_as_it_came_in_and_a_large_one_in_parts_at_any_rate(
        long size, string etag, string? checksum, long partMegabytes, int count, string algorithm, bool isComposite) =>
        Assert.Equal(new UploadPlan(partMegabytes * Megabyte, count, algorithm, isComposite), Plan(size, etag, checksum));

    [Fact]
    public void No_object_has_more_parts_than_S3_takes() => Assert.InRange(Plan(5L << 40, "0123456789abcdef0123456789abcdef", null)!.Count, 9_999, 10_000);

    private static UploadPlan? Plan(long size, string etag, string? checksum) => UploadPlan.For(new("", size, "", new() { Key = "key", ETag = etag, Checksum = checksum }), new());
}
