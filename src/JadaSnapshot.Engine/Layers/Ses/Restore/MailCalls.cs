using System.Text.Json;
using System.Xml.Linq;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Ses;

/// <summary>The calls of the restore of one thing of SES.</summary>
internal sealed class MailCalls(RestoreWork work, CancellationToken cancel)
{
    /// <summary>Whether two documents say something else.</summary>
    public static bool Differs(JsonElement one, JsonElement other) => new DocumentDifferences(ComparisonRules.Of(SesLayer.LayerName)).Compare(ToNode(one), ToNode(other)).Any();

    /// <summary>Calls the second version with what a document says.</summary>
    public Task<WireResponse> SendAsync(string operation, string method, string path, JsonElement document, params IReadOnlyList<string> without) =>
        SendAsync(operation, method, path, json => WriteWithout(json, document, without));

    /// <summary>Calls the second version.</summary>
    public Task<WireResponse> SendAsync(string operation, string method, string path, Action<Utf8JsonWriter>? write = null, params IReadOnlyList<KeyValuePair<string, string>> parameters) => work.SendAsync(
        work.Wire(SesService.Second), new() { Operation = operation, Method = method, Path = path, Parameters = parameters, Body = write is null ? default : JsonText.Object(write) }, IsBusy, cancel);

    /// <summary>Calls the first version.</summary>
    public Task<WireResponse> SendAsync(string operation, params IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        work.SendAsync(work.Wire(SesService.First), new() { Operation = operation, Parameters = parameters }, IsBusy, cancel);

    /// <summary>Makes something; where a call whose answer was lost has made it, it is there already.</summary>
    /// <returns>Whether it was not there before.</returns>
    public static async Task<bool> OnceAsync(Func<Task> create)
    {
        try
        {
            await create();
            return true;
        }
        catch (ServiceException exception) when (exception.Code is "AlreadyExistsException" or "AlreadyExists" or "CustomVerificationEmailTemplateAlreadyExists")
        {
            return false;
        }
    }

    /// <summary>Asks for one thing.</summary>
    public async Task<JsonElement> GetAsync(string operation, string path) => (await work.Wire(SesService.Second).SendAsync(WireRequest.Get(operation, path), cancel)).Json();

    /// <summary>Makes the tags of a thing those of a document.</summary>
    public async Task PutTagsAsync(string resource, JsonElement wanted, JsonElement live)
    {
        var arn = $"arn:{Fn.Partition(work.Region).name}:ses:{work.Region}:{work.Map.Of(work.Snapshot.Account ?? "")}:{resource}";
        var (tags, had) = (Tags(wanted), Tags(live));
        if (tags.Any(tag => had.GetValueOrDefault(tag.Key) != tag.Value))
            await SendAsync("TagResource", "POST", "/v2/email/tags", json =>
            {
                json.WriteString("ResourceArn", arn);
                json.WriteVerbatim("Tags", wanted.Member("Tags"));
            });
        var gone = had.Keys.Except(tags.Keys).Select(key => KeyValuePair.Create("TagKeys", key)).ToList();
        if (gone.Count > 0) await SendAsync("UntagResource", "DELETE", "/v2/email/tags", null, [new("ResourceArn", arn), .. gone]);
    }

    /// <summary>Writes the members of a document but some.</summary>
    public static void WriteWithout(Utf8JsonWriter json, JsonElement document, params IReadOnlyList<string> members)
    {
        if (document.ValueKind != JsonValueKind.Object) return;
        foreach (var member in document.EnumerateObject())
            if (!members.Contains(member.Name)) json.WriteVerbatim(member.Name, member.Value);
    }

    /// <summary>A structure as the members of a request of the first version.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Flatten(string name, XElement element)
    {
        if (!element.HasElements) return [new(name, element.Value)];
        var number = 0;
        return [.. element.Elements().SelectMany(child => Flatten($"{name}.{child.Name.LocalName}{(child.Name.LocalName == "member" ? $".{++number}" : "")}", child))];
    }

    private static Dictionary<string, string> Tags(JsonElement document) => document.Items("Tags").Where(tag => tag.Text("Key") is not null).ToDictionary(tag => tag.Text("Key")!, tag => tag.Text("Value") ?? "", StringComparer.Ordinal);

    private static DocumentNode? ToNode(JsonElement element) =>
        element.ValueKind == JsonValueKind.Undefined || (element.ValueKind == JsonValueKind.Object && element.GetPropertyCount() == 0) ? null : DocumentNode.Parse(".json", JsonList.Verbatim(element));

    private static bool IsBusy(ServiceException exception) => exception.Code is "ConcurrentModificationException";
}
