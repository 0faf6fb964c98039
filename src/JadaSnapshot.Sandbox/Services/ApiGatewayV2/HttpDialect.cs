using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGatewayV2;

/// <summary>The second version: pages by token, a change names the members that it sets, times in ISO 8601.</summary>
internal sealed class HttpDialect : ApiDialect
{
    protected override (string Size, string Marker, string Items, string Next) Words => ("maxResults", "nextToken", "items", "nextToken");

    protected override (int Usual, int Most) PageSize => (25, 1000);

    public override JsonNode Time(DateTimeOffset time) => time.Iso();

    public override void Update(JsonObject document, JsonObject body)
    {
        foreach (var (name, value) in body) document[name] = value?.DeepClone();
    }
}
