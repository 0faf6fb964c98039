using JadaSnapshot.Engine.Layers.ApiGateway;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Sandbox.Estate;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

public sealed class ApiViewTests(ApiViewTests.Fixture estate) : LayerTest, IClassFixture<ApiViewTests.Fixture>
{
    private const string Region = "us-west-2";
    private const string Bookings = "a1b2c3d4e5";

    [Fact]
    public async Task An_API_is_seen_with_its_stages_routes_targets_and_domains()
    {
        var apis = (await ViewAsync()).ToDictionary(api => api.Name, StringComparer.Ordinal);
        Assert.Empty(Problems);
        Assert.Equal(["bookings", "contact-forms", "hooks", "shop", "shows-and-tickets", "tides"], apis.Keys.Order(StringComparer.Ordinal));

        var bookings = apis["bookings"];
        Assert.Equal(("REST", Bookings, Region, $"https://{Bookings}.execute-api.{Region}.amazonaws.com"), (bookings.Protocol, bookings.ApiId, bookings.Region, bookings.Endpoint));
        Assert.Equal(["production", "staging"], bookings.Stages.Select(stage => stage.Name));
        Assert.Contains("paymentToken", bookings.Stages[0].Variables);
        Assert.Equal(["hooks.sailjada.com/bookings"], bookings.CustomDomains);
        Assert.Contains(bookings.Routes, route => route is { Key: "POST /bookings", Target: "booking-webhook", IsFunction: true, Authorization: "NONE" });
        Assert.Contains(bookings.Routes, route => route is { Key: "DELETE /bookings/{booking}", NeedsApiKey: true, Authorization: "CUSTOM" });
        Assert.Contains(bookings.Routes, route => route is { Key: "OPTIONS /bookings", Target: "mock", IsFunction: false });
        Assert.Equal("crew", bookings.Tags["owner"]);

        Assert.Equal(["hooks.sailjada.com"], apis["hooks"].CustomDomains);
        Assert.Contains(apis["hooks"].Routes, route => route is { Key: "POST /github", Target: "release-notify", IsFunction: true });
        Assert.Contains(apis["hooks"].Routes, route => route is { Key: "ANY /partners/{proxy+}", Target: "https://partners.example/{proxy}", IsFunction: false });
        Assert.Contains(apis["shows-and-tickets"].Routes, route => route is { Key: "GET /weather", Target: "https://api.weather.example/points/32.7,-117.2" });
        Assert.Equal(["$default"], apis["tides"].Stages.Select(stage => stage.Name));
    }

    [Fact]
    public async Task A_view_asks_for_no_export_and_no_model()
    {
        estate.Host.Requests.Clear();
        await ViewAsync();
        Assert.Equal(EstateCounts.RestApis, estate.Host.Requests.Count("apigateway", "GetResources"));
        foreach (var operation in new[] { "GetExport", "GetModels", "GetDeployments", "GetRestApi", "GetGatewayResponses", "GetApiKeys", "GetAccount" }) Assert.Equal(0, estate.Host.Requests.Count("apigateway", operation));
        foreach (var operation in new[] { "ExportApi", "GetApi", "GetDeployments" }) Assert.Equal(0, estate.Host.Requests.Count("apigatewayv2", operation));
    }

    private Task<List<Api>> ViewAsync() => ReadAsync(estate.Options, new ApiView());

    /// <summary>An estate whose log of requests is this class's alone.</summary>
    public sealed class Fixture : EstateFixture;
}
