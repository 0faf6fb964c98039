using System.Text.Json;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>Calls that change something in Lambda. What it does in its own time is waited for: roles that are new, updates that are under way.</summary>
internal static class LambdaCalls
{
    /// <summary>A request with a body.</summary>
    public static WireRequest Request(string operation, string method, string path, Action<Utf8JsonWriter> write, params IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        new() { Operation = operation, Method = method, Path = path, Parameters = parameters, Body = JsonText.Object(write) };

    /// <summary>A request that takes something away.</summary>
    public static WireRequest Delete(string operation, string path, params IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        new() { Operation = operation, Method = "DELETE", Path = path, Parameters = parameters };

    /// <summary>What an ARN says behind the name of the function: a version's number, an alias.</summary>
    public static KeyValuePair<string, string>[] Qualifier(string? arn) => arn?.Split(':', 8) is [_, _, _, _, _, _, _, var qualifier] ? [new("Qualifier", qualifier)] : [];

    /// <summary>Sends a request in the region of what is restored.</summary>
    public static Task<WireResponse> SendAsync(RestoreWork work, WireRequest request, CancellationToken cancel) => work.SendAsync(work.Wire(LambdaService.Service), request, IsNotReady, cancel);

    /// <summary>Sends a request that makes something, and says whether that was there already.</summary>
    public static async Task<WireResponse?> TryMakeAsync(RestoreWork work, WireRequest request, CancellationToken cancel)
    {
        try
        {
            return await SendAsync(work, request, cancel);
        }
        catch (ServiceException exception) when (IsThere(exception))
        {
            return null;
        }
    }

    /// <summary>Everything that a list says, page after page.</summary>
    public static async Task<List<JsonElement>> ListAsync(RestoreWork work, string operation, string path, string list, CancellationToken cancel, params KeyValuePair<string, string>[] parameters)
    {
        List<JsonElement> items = [];
        await foreach (var page in work.Wire(LambdaService.Service).PagesAsync<string>(marker => LambdaService.Get(operation, path, [.. parameters, .. LambdaService.Marker(marker)]), LambdaService.NextMarker, cancel))
            items.AddRange(page.Json().Items(list));
        return items;
    }

    /// <summary>Makes the tags of something as they are wanted.</summary>
    public static async Task PutTagsAsync(RestoreWork work, string arn, IReadOnlyDictionary<string, string> wanted, IReadOnlyDictionary<string, string> live, CancellationToken cancel)
    {
        var path = WirePath.Of("/2017-03-31/tags/{}", arn);
        var own = wanted.Where(tag => !tag.Key.StartsWith("aws:", StringComparison.Ordinal) && live.GetValueOrDefault(tag.Key) != tag.Value).ToList();
        if (own.Count > 0) await SendAsync(work, Request("TagResource", "POST", path, json => WriteTags(json, own)), cancel);
        var gone = live.Keys.Except(wanted.Keys).Where(key => !key.StartsWith("aws:", StringComparison.Ordinal)).ToList();
        if (gone.Count > 0) await SendAsync(work, Delete("UntagResource", path, [.. gone.Select(key => new KeyValuePair<string, string>("tagKeys", key))]), cancel);
    }

    /// <summary>Writes the tags that may be given: those of AWS itself are refused.</summary>
    public static void WriteTags(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>> tags)
    {
        json.WriteStartObject("Tags");
        foreach (var (key, value) in tags)
            if (!key.StartsWith("aws:", StringComparison.Ordinal)) json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static bool IsThere(ServiceException exception) =>
        exception.Code == "ResourceConflictException" && (exception.Message.Contains("already exist", StringComparison.Ordinal) || exception.Message.Contains("FunctionUrlConfig exists", StringComparison.Ordinal));

    private static bool IsNotReady(ServiceException exception) => exception.Code switch
    {
        "ResourceConflictException" => !IsThere(exception),
        "ResourceInUseException" => true,
        // A role takes seconds to be known everywhere, and so do its policies.
        "InvalidParameterValueException" => exception.Message.Contains("cannot be assumed by Lambda", StringComparison.Ordinal) || exception.Message.Contains("execution role does not have permissions", StringComparison.Ordinal),
        _ => false,
    };
}
