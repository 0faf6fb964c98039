using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

/// <summary>In what the two services differ: listings, changes and times.</summary>
internal abstract class ApiDialect
{
    private const string BadMarker = "BadRequestException";

    /// <summary>The query parameters of a page, and the members of a listing.</summary>
    protected abstract (string Size, string Marker, string Items, string Next) Words { get; }

    /// <summary>The size of a page that nothing is said of, and the largest one.</summary>
    protected abstract (int Usual, int Most) PageSize { get; }

    public abstract JsonNode Time(DateTimeOffset time);

    /// <summary>Changes a document as a request asks.</summary>
    public abstract void Update(JsonObject document, JsonObject body);

    /// <summary>A page of a listing, in the order of the ids.</summary>
    public SandboxResponse Listing(Call call, IEnumerable<KeyValuePair<string, ApiNode>> nodes, Func<ApiNode, JsonObject> view)
    {
        var size = call.Query(Words.Size) is { Length: > 0 } asked ? Call.PageSize(asked, Words.Size, PageSize.Most, BadMarker) : PageSize.Usual;
        var page = nodes.After(Marker.Open(call.Query(Words.Marker), BadMarker), size, node => node.Key);
        return Answer(call, new JsonObject { [Words.Items] = new JsonArray([.. page.Items.Select(node => view(node.Value))]) }.With(Words.Next, Marker.Seal(page.Marker)));
    }

    protected virtual SandboxResponse Answer(Call call, JsonObject listing) => JsonAnswer.Of(listing);
}
