using System.Globalization;
using System.Text;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>S3 as other services read from it and write to it.</summary>
internal sealed class S3Objects(SandboxWorld world)
{
    private const string AnyRegion = "";

    private readonly InProcessCaller _caller = new(world);

    public bool HasBucket(string name) => world.Get<S3Service>().HasBucket(name);

    public static string Path(string bucket, string key) => $"/{bucket}/{Escape(key)}";

    /// <summary>A key as it stands in an address.</summary>
    public static string Escape(string key) => Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal);

    /// <exception cref="SandboxException">It cannot be read.</exception>
    public async Task<(byte[] Body, string ETag)> GetAsync(string bucket, string key, string? version, CancellationToken cancel)
    {
        var answer = await _caller.CallAsync("s3", AnyRegion, "GET", Path(bucket, key), version is null ? [] : [new("versionId", version)], [], default, cancel);
        using var body = new MemoryStream();
        if (answer.Write is { } write) await write(body, cancel);
        else body.Write(answer.Body.Span);
        return (body.ToArray(), ETagOf(answer));
    }

    public async Task<string> PutAsync(string bucket, string key, byte[] body, CancellationToken cancel) =>
        ETagOf(await _caller.CallAsync("s3", AnyRegion, "PUT", Path(bucket, key), [], [], body, cancel));

    /// <summary>A request to change something, in a region.</summary>
    public Task SendAsync(string region, string path, IReadOnlyList<KeyValuePair<string, string>> query, IReadOnlyList<KeyValuePair<string, string>> headers, string body, CancellationToken cancel) =>
        _caller.CallAsync("s3", region, "PUT", path, query, headers, Encoding.UTF8.GetBytes(body), cancel).AsTask();

    /// <summary>The current objects of a bucket whose keys begin with a prefix.</summary>
    public async Task<List<ListedEntry>> ListAsync(string bucket, string prefix, CancellationToken cancel)
    {
        List<ListedEntry> objects = [];
        KeyValuePair<string, string>[] from = [];
        while (true)
        {
            var answer = await _caller.CallAsync("s3", AnyRegion, "GET", "/" + bucket, [new("versions", ""), new("encoding-type", "url"), new("prefix", prefix), .. from], [], default, cancel);
            var page = XmlBody.Parse(answer.Body);
            objects.AddRange(page.Elements("Version").Where(version => version.Flag("IsLatest")).Select(Read));
            if (!page.Flag("IsTruncated")) return objects;
            from = [new("key-marker", Decoded(page, "NextKeyMarker")), new("version-id-marker", page.Text("NextVersionIdMarker") ?? "")];
        }
    }

    private static ListedEntry Read(XElement version) => new(Decoded(version, "Key"), version.Text("VersionId") is not "null" and { } id ? id : null,
        long.Parse(version.Text("Size")!, CultureInfo.InvariantCulture), DateTimeOffset.Parse(version.Text("LastModified")!, CultureInfo.InvariantCulture), version.Text("StorageClass") ?? "STANDARD");

    private static string Decoded(XElement from, string name) => RequestTarget.Decode(from.Text(name) ?? "", plusIsSpace: true);

    private static string ETagOf(SandboxResponse answer) => answer.Headers.First(header => header.Key == "ETag").Value.Trim('"');
}

/// <summary>An object as a listing shows it.</summary>
internal sealed record ListedEntry(string Key, string? VersionId, long Size, DateTimeOffset Modified, string StorageClass);
