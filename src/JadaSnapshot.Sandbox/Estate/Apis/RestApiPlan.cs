using System.Text.Json.Nodes;

namespace JadaSnapshot.Sandbox.Estate.Apis;

/// <summary>A REST API to make.</summary>
/// <param name="Id">The id that distributions and policies speak of.</param>
/// <param name="Name">The name.</param>
/// <param name="Purpose">What it is for.</param>
internal sealed record RestApiPlan(string Id, string Name, string Purpose)
{
    public required IReadOnlyList<RestMethod> Methods { get; init; }

    /// <summary>Variables of every stage; secret ones come from <see cref="EstateSecrets.StageVariables"/>.</summary>
    public IReadOnlyList<(string Name, string Value)> Variables { get; init; } = [];
}

/// <summary>A method and what answers it.</summary>
/// <param name="Verb">The HTTP method, or ANY.</param>
/// <param name="Path">The path.</param>
/// <param name="Function">The function that answers; null where it is no function.</param>
internal sealed record RestMethod(string Verb, string Path, string? Function = null)
{
    /// <summary>The address that answers, where it is no function; null for one that the API answers by itself.</summary>
    public string? Url { get; init; }

    public bool NeedsKey { get; init; }

    public bool NeedsAuthorizer { get; init; }

    /// <summary>The model of what is sent.</summary>
    public string? Model { get; init; }

    /// <summary>The header of the integration that carries a secret.</summary>
    public string? SecretHeader { get; init; }

    public JsonObject Integration(ApiAddresses addresses, string? secret)
    {
        var integration = new JsonObject { ["type"] = Function is not null ? "AWS_PROXY" : Url is not null ? "HTTP_PROXY" : "MOCK" };
        if (Function is null && Url is null) integration["requestTemplates"] = new JsonObject { ["application/json"] = "{\"statusCode\": 200}" };
        else (integration["httpMethod"], integration["uri"]) = (Function is null ? Verb : "POST", Function is null ? Url : addresses.Invocation(Function));
        if (SecretHeader is not null)
            integration["requestParameters"] = new JsonObject { [$"integration.request.header.{SecretHeader}"] = $"'{secret}'", ["integration.request.header.X-Site"] = "method.request.header.Origin" };
        return integration;
    }
}
