using System.Text.Json;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>The calls of the restore of one resource.</summary>
internal sealed class ApiCalls(RestoreWork work, AwsService service, CancellationToken cancel)
{
    private const string Mark = "jada:restore";

    // Members that the service writes and no request takes.
    private static readonly string[] Written = ["createdDate", "lastUpdatedDate"];

    /// <summary>Sends a request; what has no answer gives nothing.</summary>
    public async Task<JsonElement> SendAsync(string operation, string method, string path, byte[]? body = null, params IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        var request = new WireRequest { Operation = operation, Method = method, Path = path, Body = body, Parameters = parameters };
        var answer = await work.SendAsync(work.Wire(service), request, IsBusy, cancel);
        return answer.Body.Length == 0 ? default : answer.Json();
    }

    /// <summary>Sends what a document says, without some of its members.</summary>
    public Task<JsonElement> SendAsync(string operation, string method, string path, JsonElement document, params IReadOnlyList<string> without) =>
        SendAsync(operation, method, path, Without(document, without));

    /// <summary>Makes something of a name of its own; a call whose answer was lost has made it, and gives nothing.</summary>
    public async Task<JsonElement> SendOnceAsync(string operation, string method, string path, byte[] body)
    {
        try
        {
            return await SendAsync(operation, method, path, body);
        }
        catch (ServiceException exception) when (exception.Code == "ConflictException")
        {
            return default;
        }
    }

    /// <summary>Sends changes, where there are any.</summary>
    public async Task PatchAsync(string operation, string path, ApiPatch patch)
    {
        if (patch.Operations.Count == 0) return;
        await SendAsync(operation, "PATCH", path, JsonText.Object(json =>
        {
            json.WriteStartArray("patchOperations");
            foreach (var change in patch.Operations) change.WriteTo(json);
            json.WriteEndArray();
        }));
    }

    /// <summary>Every item of a list.</summary>
    public async Task<List<JsonElement>> ListAsync(JsonList list)
    {
        List<JsonElement> items = [];
        await foreach (var page in list.PagesAsync(work.Wire(service), cancel)) items.AddRange(list.ItemsOf(page));
        return items;
    }

    /// <summary>Asks for one thing; nothing where it is not there.</summary>
    public async Task<JsonElement> FindAsync(string operation, string path, params IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        try
        {
            return (await work.Wire(service).SendAsync(ApiGatewayServices.Get(operation, path, parameters), cancel)).Json();
        }
        catch (ServiceException exception) when (exception.Kind == FailureKind.NotFound)
        {
            return default;
        }
    }

    /// <summary>
    /// Makes something that can be made twice under one name. It is marked by a tag until it is known, so that a call whose answer was lost
    /// leaves nothing behind that nobody knows: what this restore made before is found, and what was made twice is deleted.
    /// </summary>
    /// <param name="document">What is made.</param>
    /// <param name="list">Lists what there is of the kind.</param>
    /// <param name="id">The member that is its id.</param>
    /// <param name="create">Makes it with tags, where it can have any.</param>
    /// <param name="delete">Deletes one that was made twice.</param>
    public async Task<JsonElement> CreateOnceAsync(JsonElement document, JsonList list, string id, Func<Action<Utf8JsonWriter>, Task<JsonElement>> create, Func<string, Task> delete)
    {
        var known = (await MarkedAsync()).FirstOrDefault();
        if (known.ValueKind != JsonValueKind.Undefined) return known;
        var made = await TryAsync(json =>
        {
            json.WriteStartObject("tags");
            foreach (var (key, value) in document.Member("tags").Texts()) json.WriteString(key, value);
            json.WriteString(Mark, work.Token);
            json.WriteEndObject();
        });
        foreach (var other in await MarkedAsync())
            if (other.Text(id) is { } twice && twice != made.Text(id)) await delete(twice);
        return made;

        // What has a value that nothing else may have is not made twice.
        async Task<JsonElement> TryAsync(Action<Utf8JsonWriter> tags)
        {
            try
            {
                return await create(tags);
            }
            catch (ServiceException exception) when (exception.Code == "ConflictException")
            {
                return (await MarkedAsync()).FirstOrDefault() is { ValueKind: not JsonValueKind.Undefined } there ? there : exception.Again<JsonElement>();
            }
        }

        async Task<List<JsonElement>> MarkedAsync() => [.. (await ListAsync(list)).Where(each => each.Member("tags").Text(Mark) == work.Token)];
    }

    /// <summary>Makes the tags of a thing those of a document.</summary>
    public async Task PutTagsAsync(string arn, JsonElement wanted, JsonElement live)
    {
        var (tags, had) = (wanted.Texts(), live.Texts());
        var isFirst = service == ApiGatewayServices.Rest;
        var path = WirePath.Of(isFirst ? "/tags/{}" : "/v2/tags/{}", arn);
        var changed = tags.Where(tag => had.GetValueOrDefault(tag.Key) != tag.Value).ToList();
        if (changed.Count > 0)
            await SendAsync("TagResource", isFirst ? "PUT" : "POST", path, JsonText.Object(json =>
            {
                json.WriteStartObject("tags");
                foreach (var (key, value) in changed) json.WriteString(key, value);
                json.WriteEndObject();
            }));
        var gone = had.Keys.Except(tags.Keys).Select(key => KeyValuePair.Create("tagKeys", key)).ToList();
        if (gone.Count > 0) await SendAsync("UntagResource", "DELETE", path, null, gone);
    }

    /// <summary>Takes the mark off what was made.</summary>
    public Task UnmarkAsync(string arn) => SendAsync("UntagResource", "DELETE", WirePath.Of(service == ApiGatewayServices.Rest ? "/tags/{}" : "/v2/tags/{}", arn), null, new KeyValuePair<string, string>("tagKeys", Mark));

    /// <summary>A document without some of its members, and those that the service writes.</summary>
    public static byte[] Without(JsonElement document, params IReadOnlyList<string> members) => JsonText.Object(json => WriteWithout(json, document, members));

    /// <summary>Writes the members of a document but some, and those that the service writes.</summary>
    public static void WriteWithout(Utf8JsonWriter json, JsonElement document, params IReadOnlyList<string> members)
    {
        if (document.ValueKind != JsonValueKind.Object) return;
        foreach (var member in document.EnumerateObject())
            if (!members.Contains(member.Name) && !Written.Contains(member.Name)) json.WriteVerbatim(member.Name, member.Value);
    }

    /// <summary>Notes that an id of the snapshot is another there.</summary>
    public void Learn(string? from, string? to)
    {
        if (from is not null && to is not null && work.Map.Of(from) != to) work.Learn(from, to);
    }

    // One change of an API at a time; and what was made a moment ago is not known everywhere.
    private static bool IsBusy(ServiceException exception) =>
        exception.Code == "ConflictException" && exception.Message.Contains("concurrent", StringComparison.OrdinalIgnoreCase)
        || exception.Code == "BadRequestException" && exception.Message.Contains("required permissions", StringComparison.OrdinalIgnoreCase);
}
