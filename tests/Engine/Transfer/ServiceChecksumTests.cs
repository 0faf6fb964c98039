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
        Assert.Equal(whole.ToBase64(), pieces.ToBase64());
    }

    [Fact]
    public void A_plain_ETag_is_held_against_the_MD5_of_the_bytes()
    {
        using var right = ServiceChecksum.For(null, "25f9e794323b453885f5181f1b624d0b", etagMayBeMd5: true)!;
        right.Append("123456789"u8);
        Assert.True(right.Agrees());
    }

    [Theory]
    [InlineData(null, "25f9e794323b453885f5181f1b624d0b-2", true)]
    [InlineData(null, "25f9e794323b453885f5181f1b624d0b", false)]
    [InlineData("CRC32:y/Q5Jg==-3", "25f9e794323b453885f5181f1b624d0b-3", true)]
    public void What_one_pass_cannot_confirm_is_not_checked(string? stated, string etag, bool mayBeMd5) =>
        Assert.Null(ServiceChecksum.For(stated, etag, mayBeMd5));

    private static bool Check(string stated, string text)
    {
        using var checksum = ServiceChecksum.For(stated, "", etagMayBeMd5: false)!;
        checksum.Append(Encoding.ASCII.GetBytes(text));
        return checksum.Agrees();
    }
}
