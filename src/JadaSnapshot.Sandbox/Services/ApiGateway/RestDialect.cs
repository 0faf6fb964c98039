using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGateway;

/// <summary>The first version: pages by position, changes by patch operations, seconds since 1970.</summary>
internal sealed class RestDialect : ApiDialect
{
    protected override (string Size, string Marker, string Items, string Next) Words => ("limit", "position", "item", "position");

    protected override (int Usual, int Most) PageSize => (25, 500);

    public override JsonNode Time(DateTimeOffset time) => time.ToUnixTimeSeconds();

    public override void Update(JsonObject document, JsonObject body)
    {
        foreach (var operation in body.Parts("patchOperations")) PatchOperation.Apply(document, operation);
    }

    /// <summary>Who does not ask for plain JSON is answered in HAL.</summary>
    protected override SandboxResponse Answer(Call call, JsonObject listing)
    {
        if (call.Header("Accept")?.Contains("application/json", StringComparison.Ordinal) == true) return JsonAnswer.Of(listing);
        var items = listing["item"]!.DeepClone();
        listing.Remove("item");
        listing["_embedded"] = new JsonObject { ["item"] = items };
        listing["_links"] = new JsonObject { ["self"] = new JsonObject { ["href"] = call.Request.RawPath } };
        return JsonAnswer.Of(listing, contentType: "application/hal+json");
    }
}
