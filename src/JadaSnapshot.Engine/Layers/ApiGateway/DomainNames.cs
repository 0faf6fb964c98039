using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;
using static JadaSnapshot.Engine.Layers.ApiGateway.ApiGatewayServices;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>Custom domain names of a region, as both versions tell of them, and which APIs their paths lead to.</summary>
internal sealed class DomainNames(ApiRegion region)
{
    /// <summary>The second version's form of a domain name, in a document of its own.</summary>
    public const string SecondDocument = "domain-name-v2.json";

    private const string Mappings = "api-mappings";

    private static readonly JsonList SecondList = HttpList("GetDomainNames", "/v2/domainnames");

    public async Task CaptureAsync(Resource domain, ISnapshotSink sink, CancellationToken cancel)
    {
        var folder = ApiKind.FolderOf(domain);
        await WriteAsync(SecondList.Operation, async () =>
        {
            foreach (var item in await region.ItemsAsync(SecondList, region.Http, cancel))
                if (item.Text("domainName") == domain.Name) await CaptureSecondAsync(item);
        });
        await WriteAsync(MappingsOf(domain.Name).Operation, async () =>
        {
            var number = 0;
            foreach (var page in await region.PagesAsync(MappingsOf(domain.Name), region.Http, cancel))
                await sink.WriteAsync($"{folder}{Mappings}-{++number:d4}.json", page.Body, cancel);
        });

        async Task CaptureSecondAsync(JsonElement item)
        {
            await sink.WriteAsync(folder + SecondDocument, JsonList.Verbatim(item), cancel);
            if (item.Text("routingMode") is not (null or "API_MAPPING_ONLY")) await region.Http.CapturePagesAsync(RulesOf(domain.Name), sink, folder + "routing-rules", cancel);
        }

        async Task WriteAsync(string operation, Func<Task> write)
        {
            try
            {
                await write();
            }
            catch (ServiceException exception)
            {
                sink.Report(operation, exception);
            }
        }
    }

    /// <summary>Notes beside an API which names lead to it: the service says so only with each name.</summary>
    public async Task CaptureForAsync(Resource api, ISnapshotSink sink, CancellationToken cancel)
    {
        var path = ApiKind.FolderOf(api) + ApiDocuments.CustomDomains;
        if (!sink.Wants(path)) return;
        try
        {
            List<(string Domain, JsonElement Mapping)> found = [];
            foreach (var domain in await region.ListAsync(ApiKinds.DomainNames, cancel))
                foreach (var mapping in await region.ItemsAsync(MappingsOf(domain.Name), region.Http, cancel))
                    if (mapping.Text("apiId") == api.Id) found.Add((domain.Name, mapping));
            if (found.Count > 0) await sink.WriteAsync(path, ToDocument(found), cancel);
        }
        catch (ServiceException exception)
        {
            sink.Report(exception.Operation, exception);
        }
    }

    private static JsonList MappingsOf(string domain) => HttpList("GetApiMappings", WirePath.Of("/v2/domainnames/{}/apimappings", domain));

    private static JsonList RulesOf(string domain) => new("ListRoutingRules", WirePath.Of("/v2/domainnames/{}/routingrules", domain), "routingRules", "nextToken");

    private static byte[] ToDocument(List<(string Domain, JsonElement Mapping)> found)
    {
        using var document = new MemoryStream();
        using (var json = new Utf8JsonWriter(document, new() { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var (domain, mapping) in found)
            {
                json.WriteStartObject();
                json.WriteString("domainName", domain);
                foreach (var member in mapping.EnumerateObject()) member.WriteTo(json);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return document.ToArray();
    }
}
