using JadaSnapshot.Sandbox.Services.S3;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Sandbox;

public class ChecksumTests
{
    [Theory]
    [InlineData("CRC32", "CBF43926")]
    [InlineData("CRC32C", "E3069283")]
    [InlineData("CRC64NVME", "AE8B14860A799888")]
    public void The_check_value_of_each_CRC_is_the_catalogue_s(string algorithm, string expected) =>
        Assert.Equal(expected, Convert.ToHexString(Convert.FromBase64String(Checksums.Of(algorithm, "123456789"u8))));

    [Theory]
    [InlineData("CRC32")]
    [InlineData("CRC32C")]
    [InlineData("CRC64NVME")]
    [InlineData("SHA256")]
    public void Segments_have_the_checksum_of_their_whole(string algorithm)
    {
        var whole = new byte[1_003];
        new Random(7).NextBytes(whole);
        Assert.Equal(Checksums.Digest(algorithm, [whole]), Checksums.Digest(algorithm, [whole.AsMemory(0, 13), whole.AsMemory(13, 500), whole.AsMemory(513)]));
    }

    [Fact]
    public void Keys_beyond_the_basic_plane_come_after_all_others() =>
        Assert.Equal(["a", "\uE000", "\uFFFD", "\U0001F600"], "\U0001F600 \uFFFD a \uE000".Split(' ').Order(Utf8Order.Instance));
}
