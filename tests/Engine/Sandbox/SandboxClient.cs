using System.Security.Cryptography;
using System.Text;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Sandbox;

/// <summary>Signs and sends as S3 and STS want it; it shares no code with the sandbox.</summary>
internal sealed class SandboxClient(SandboxHost host) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public string AccessKey { get; init; } = host.AccessKey;
    public string SecretKey { get; init; } = host.SecretKey;
    public string? SessionToken { get; init; }
    public string Region { get; init; } = "us-east-1";
    public string Service { get; init; } = "s3";
    public DateTimeOffset? Time { get; init; }

    public async Task<Answer> SendAsync(string method, string target, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        using var response = await _http.SendAsync(Sign(method, target, body ?? [], headers), TestContext.Current.CancellationToken);
        return new((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken),
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    public Task<Answer> GetAsync(string target, params (string Name, string Value)[] headers) => SendAsync("GET", target, null, headers);

    public async Task PutAsync(string target, string body = "", params (string Name, string Value)[] headers) =>
        Assert.InRange((await SendAsync("PUT", target, Encoding.UTF8.GetBytes(body), headers)).Status, 200, 204);

    private HttpRequestMessage Sign(string method, string target, byte[] body, (string Name, string Value)[] extra)
    {
        var stamp = (Time ?? host.Options.Clock.GetUtcNow()).UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", null);
        var payload = Convert.ToHexStringLower(SHA256.HashData(body));
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = host.Endpoint["http://".Length..], ["x-amz-date"] = stamp, ["x-amz-content-sha256"] = payload,
        };
        if (SessionToken is not null) headers["x-amz-security-token"] = SessionToken;
        foreach (var (name, value) in extra) headers[name.ToLowerInvariant()] = value;
        var (path, query) = target.Split('?') is [var before, var after] ? (before, after) : (target, "");
        var canonicalQuery = string.Join('&', query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Contains('=', StringComparison.Ordinal) ? pair : pair + "=").Order(StringComparer.Ordinal));
        var names = string.Join(';', headers.Keys);
        var canonical = $"{method}\n{path}\n{canonicalQuery}\n{string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n"))}\n{names}\n{payload}";
        var scope = $"{stamp[..8]}/{Region}/{Service}/aws4_request";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + SecretKey), (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part)));
        var toSign = $"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));

        var request = new HttpRequestMessage(new(method), new Uri(host.Endpoint + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }))
        {
            Content = method is "GET" or "HEAD" ? null : new ByteArrayContent(body),
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential={AccessKey}/{scope}, SignedHeaders={names}, Signature={signature}");
        foreach (var (name, value) in headers)
            if (name != "host" && !request.Headers.TryAddWithoutValidation(name, value))
                request.Content!.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    public void Dispose() => _http.Dispose();
}

internal sealed record Answer(int Status, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string? Code => Text.Split("<Code>") is [_, var rest] ? rest.Split('<')[0] : null;
}
