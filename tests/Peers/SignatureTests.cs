using Xunit;

namespace JadaSnapshot.Peers.Tests;

public sealed class SignatureTests
{
    /// <summary>From the SigV4 test suite that AWS publishes: get-vanilla.</summary>
    private static readonly SignedRequest Vanilla = new("GET", "https://example.amazonaws.com/",
    [
        new("Host", "example.amazonaws.com"),
        new("X-Amz-Date", "20150830T123600Z"),
        new("Authorization", "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, "
            + "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
    ], [], "service", "us-east-1", "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

    [Fact]
    public async Task A_published_signature_agrees_and_a_changed_request_does_not()
    {
        var verdicts = await Signatures.JudgeAsync(
        [
            Vanilla,
            Vanilla with { Method = "PUT" },
            Vanilla with { Url = "https://example.amazonaws.com/?a=1" },
            Vanilla with { Body = [1] },
            Vanilla with { Region = "us-west-2" },
            Vanilla with { Headers = [.. Vanilla.Headers, new("x-amz-security-token", "unsigned")] },
        ]);

        Assert.Null(verdicts[0]);
        Assert.All(verdicts.Skip(1), Assert.NotNull);
        Assert.Equal(6, verdicts.Count);
    }
}
