using System.Text.Json;
using Xunit;

namespace JadaSnapshot.Peers.Tests;

/// <summary>A request as it was signed and sent.</summary>
public sealed record SignedRequest(
    string Method, string Url, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body,
    string Service, string Region, string AccessKey, string SecretKey);

/// <summary>Lets botocore recompute signatures.</summary>
public static class Signatures
{
    /// <summary>Why botocore disagrees with each request; null where it agrees.</summary>
    public static async Task<IReadOnlyList<string?>> JudgeAsync(IEnumerable<SignedRequest> requests)
    {
        await PeerTools.RequirePythonAsync();
        var lines = requests.Select(request => JsonSerializer.Serialize(new
        {
            method = request.Method,
            url = request.Url,
            headers = request.Headers.Select(header => new[] { header.Key, header.Value }),
            bodyBase64 = Convert.ToBase64String(request.Body),
            service = request.Service,
            region = request.Region,
            accessKey = request.AccessKey,
            secretKey = request.SecretKey,
        }));
        var script = Path.Combine(AppContext.BaseDirectory, "signatures.py");
        var result = await Tool.RunAsync("python3", [script], Tool.NoVariables, string.Join('\n', lines) + "\n", TestContext.Current.CancellationToken);
        Assert.True(result.Code is 0 or 1, result.Error);
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))
            .Select(verdict => verdict.GetProperty("agrees").GetBoolean() ? null : verdict.GetProperty("why").GetString())];
    }
}
