namespace JadaSnapshot.Sandbox.Services.ApiGateway;

/// <summary>A method, or a part of one: a document inside the document of its resource.</summary>
/// <param name="Name">What operations call it: <c>IntegrationResponse</c>.</param>
/// <param name="Route">Where it lies below the resource.</param>
/// <param name="Place">The members that lead to it; a label stands for what the path says.</param>
/// <param name="Words">What refusals call it.</param>
internal sealed record MethodPart(string Name, string Route, IReadOnlyList<string> Place, string Words)
{
    public static readonly MethodPart Method = new("Method", "/methods/{http_method}", ["resourceMethods", "{http_method}"], "Method");

    public static readonly MethodPart Integration = new("Integration", Method.Route + "/integration", [.. Method.Place, "methodIntegration"], "Integration");

    public static readonly MethodPart MethodResponse =
        new("MethodResponse", Method.Route + "/responses/{status_code}", [.. Method.Place, "methodResponses", "{status_code}"], "Response status code");

    public static readonly MethodPart IntegrationResponse =
        new("IntegrationResponse", Integration.Route + "/responses/{status_code}", [.. Integration.Place, "integrationResponses", "{status_code}"], "Response status code");

    public static IReadOnlyList<MethodPart> All { get; } = [Method, Integration, MethodResponse, IntegrationResponse];
}
