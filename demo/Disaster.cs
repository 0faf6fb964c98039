using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Demo;

/// <summary>What may befall an estate on one bad day.</summary>
internal sealed class Disaster(SandboxHost sandbox, CancellationToken cancel)
{
    private const string West = "us-west-2";
    private static readonly XNamespace S3 = "http://s3.amazonaws.com/doc/2006-03-01/", Dns = "https://route53.amazonaws.com/doc/2013-04-01/";

    private readonly InProcessCaller _caller = new(sandbox.World);

    /// <summary>Deletes every object of a bucket; gives how many there were.</summary>
    public async Task<int> EmptyAsync(string bucket)
    {
        var keys = (await XmlAsync("s3", "GET", $"/{bucket}", "list-type=2")).Descendants(S3 + "Key").Select(key => key.Value).ToList();
        foreach (var key in keys) await CallAsync("s3", "DELETE", $"/{bucket}/{Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal)}");
        return keys.Count;
    }

    /// <summary>Deletes every record of a zone but the two that it must have; gives how many there were.</summary>
    public async Task<int> ForgetAsync(string zone)
    {
        var id = (await XmlAsync("route53", "GET", "/2013-04-01/hostedzone")).Descendants(Dns + "HostedZone").First(each => each.Element(Dns + "Name")!.Value == zone + ".").Element(Dns + "Id")!.Value;
        var sets = (await XmlAsync("route53", "GET", $"/2013-04-01{id}/rrset", "maxitems=300")).Descendants(Dns + "ResourceRecordSet")
            .Where(set => set.Element(Dns + "Name")!.Value != zone + "." || set.Element(Dns + "Type")!.Value is not ("NS" or "SOA")).ToList();
        // What is an alias of another goes before it.
        foreach (var set in sets.OrderBy(set => set.Element(Dns + "AliasTarget") is null))
        {
            XElement batch = new(Dns + "ChangeResourceRecordSetsRequest", new XElement(Dns + "ChangeBatch", new XElement(Dns + "Changes", new XElement(Dns + "Change", new XElement(Dns + "Action", "DELETE"), set))));
            await CallAsync("route53", "POST", $"/2013-04-01{id}/rrset/", body: batch.ToString());
        }
        return sets.Count;
    }

    /// <summary>Puts other code into a function.</summary>
    public async Task OverwriteAsync(string function)
    {
        using var package = new MemoryStream();
        using (var zip = new ZipArchive(package, ZipArchiveMode.Create, leaveOpen: true))
        await using (var file = zip.CreateEntry("index.js").Open()) await file.WriteAsync("exports.handler = () => { throw new Error('reverted') };"u8.ToArray(), cancel);
        await CallAsync("lambda", "PUT", $"/2015-03-31/functions/{function}/code", body: JsonSerializer.Serialize(new { ZipFile = Convert.ToBase64String(package.ToArray()) }));
    }

    /// <summary>Has a distribution read from elsewhere.</summary>
    public async Task MisleadAsync(string distribution)
    {
        var path = $"/2020-05-31/distribution/{distribution}/config";
        var answer = await CallAsync("cloudfront", "GET", path);
        var config = XElement.Parse(Encoding.UTF8.GetString(answer.Body.Span).TrimStart('\uFEFF'));
        config.Descendants(config.Name.Namespace + "Origin").First().Element(config.Name.Namespace + "DomainName")!.Value = "elsewhere.example.com";
        await CallAsync("cloudfront", "PUT", path, body: config.ToString(), headers: new KeyValuePair<string, string>("If-Match", answer.Headers.First(header => header.Key.Equals("ETag", StringComparison.OrdinalIgnoreCase)).Value));
    }

    /// <summary>Clears a script project.</summary>
    public async Task ClearAsync(string scriptId)
    {
        using var google = new HttpClient();
        google.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", sandbox.GoogleAccessToken);
        var nothing = new { files = new[] { new { name = "appsscript", type = "JSON", source = "{}" } } };
        using var answer = await google.PutAsJsonAsync($"{sandbox.Endpoint}/v1/projects/{scriptId}/content", nothing, cancel);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<XElement> XmlAsync(string service, string method, string path, string query = "") => XElement.Parse(Encoding.UTF8.GetString((await CallAsync(service, method, path, query)).Body.Span).TrimStart('\uFEFF'));

    private async Task<SandboxResponse> CallAsync(string service, string method, string path, string query = "", string body = "", params KeyValuePair<string, string>[] headers)
    {
        KeyValuePair<string, string>[] asked = [.. query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).Select(pair => KeyValuePair.Create(pair[0], pair[1]))];
        return await _caller.CallAsync(service, West, method, path, asked, headers, Encoding.UTF8.GetBytes(body), cancel);
    }
}
