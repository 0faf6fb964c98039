using System.Text;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Transfer;

public sealed class ServiceChecksumTests
{
    // The check values of "123456789" from the catalogue of parametrised CRC algorithms.
    [Theory]
    [InlineData("CRC32", "y/Q5Jg==")]
    [InlineData("CRC32C", "4waSgw==")]
    [InlineData("CRC64NVME", "rosUhgp5mIg=")]
    [InlineData("SHA1", "98O8HYCOBHMq32eZZczDTKeuNEE=")]
    [InlineData("SHA256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=")]
    public void Each_algorithm_of_the_service_is_computed_as_it_is_defined(string algorithm, string expected)
    {
        Assert.True(Check($"{algorithm}:{expected}", "123456789"));
        Assert.False(Check($"{algorithm}:{expected}", "123456788"));
        Assert.False(Check($"{algorithm}:{expected}", "12345678"));
    }

    [Fact]
    public void Pieces_of_any_length_give_the_same_sum()
    {
        var text = string.Concat(Enumerable.Range(0, 500).Select(i => (char)('a' + (i * 7 % 26))));
        var whole = Crc.Crc64Nvme();
        whole.Append(Encoding.ASCII.GetBytes(text));
        var pieces = Crc.Crc64Nvme();
        for (int i = 0, step = 1; i < text.Length; i += step, step = (step % 13) + 1)
            pieces.Append(Encoding.ASCII.GetBytes(text.Substring(i, Math.Min(step, text.Length - i))));
        Assert.Equal(whole.ToBytes(), pieces.ToBytes());
    }

    [Fact]
    public void A_plain_ETag_is_held_against_the_MD5_of_the_bytes()
    {
        using var right = new BodyCheck(ServiceChecksum.For(null, "25f9e794323b453885f5181f1b624d0b", etagMayBeMd5: true)!);
        right.Append("123456789"u8);
        Assert.True(right.Agrees());
    }

    [Theory]
    [InlineData("CRC32:y/Q5Jg==-3", "25f9e794323b453885f5181f1b624d0b-3", true, "CRC32 of 3 parts")]
    [InlineData(null, "25f9e794323b453885f5181f1b624d0b-2", true, "MD5 of 2 parts")]
    [InlineData("CRC64NVME:rosUhgp5mIg=", "25f9e794323b453885f5181f1b624d0b-2", true, "CRC64NVME")]
    [InlineData("BLAKE9:rosUhgp5mIg=", "25f9e794323b453885f5181f1b624d0b", true, "MD5")]
    [InlineData(null, "25f9e794323b453885f5181f1b624d0b", false, null)]
    [InlineData(null, "25f9e794323b453885f5181f1b624d0b-2", false, null)]
    [InlineData("CRC32:y/Q5Jg==-0", "25f9e794323b453885f5181f1b624d0b-x", true, null)]
    public void What_is_checked_is_the_strongest_that_the_service_says(string? stated, string etag, bool mayBeMd5, string? expected) =>
        Assert.Equal(expected, ServiceChecksum.For(stated, etag, mayBeMd5)?.ToString());

    // Computed with Python's hashlib and zlib.
    [Theory]
    [InlineData("MD5", "393e928fcf5925fcbd3a06aaf20b2d38-3")]
    [InlineData("CRC32", "+vEo6Q==-3")]
    [InlineData("SHA256", "RWtJBRAdYQ9Y6rETLya5JMkap8fADJo5biSsdBWQ50E=-3")]
    public void A_checksum_of_parts_is_made_of_the_parts_checksums(string algorithm, string value)
    {
        var stated = algorithm == "MD5" ? ServiceChecksum.For(null, value, etagMayBeMd5: true)! : ServiceChecksum.For($"{algorithm}:{value}", "", etagMayBeMd5: false)!;
        foreach (var step in new[] { 1, 2, 9 })
        {
            Assert.True(Check(stated, [4, 4, 1], step));
            Assert.False(Check(stated, [4, 3, 2], step));
        }
    }

    private static bool Check(ServiceChecksum stated, long[] parts, int step)
    {
        using var check = new BodyCheck(stated, parts);
        foreach (var bytes in "123456789"u8.ToArray().Chunk(step)) check.Append(bytes);
        return check.Agrees();
    }

    private static bool Check(string stated, string text)
    {
        using var checksum = new BodyCheck(ServiceChecksum.For(stated, "", etagMayBeMd5: false)!);
        checksum.Append(Encoding.ASCII.GetBytes(text));
        return checksum.Agrees();
    }
}
