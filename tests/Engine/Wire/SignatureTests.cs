using Xunit;

namespace JadaSnapshot.Engine.Tests.Wire;

public sealed class SignatureTests
{
    [Fact]
    public async Task Every_request_is_signed_for_its_service_and_region_over_host_date_and_body()
    {
        var recorded = await SignatureSamples.RecordAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3 * SignatureSamples.All.Count, recorded.Count);
        Assert.All(recorded, r =>
        {
            Assert.Matches($"^AWS4-HMAC-SHA256 Credential={TestServices.AccessKey}/[0-9]{{8}}/(us-west-2|us-east-1)/[a-z0-9]+/aws4_request, SignedHeaders=[a-z0-9;-]*host;[a-z0-9;-]*x-amz-date[a-z0-9;-]*, Signature=[0-9a-f]{{64}}$", r.Headers["Authorization"]);
            Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(r.Body)), r.Headers["X-Amz-Content-SHA256"]);
        });
        if (Environment.GetEnvironmentVariable("JADA_RECORD_SIGNATURES") is { Length: > 0 } file)
            await File.WriteAllTextAsync(file, SignatureSamples.Json(recorded), TestContext.Current.CancellationToken);
    }
}
