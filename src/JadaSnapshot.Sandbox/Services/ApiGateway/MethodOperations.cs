using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGateway;

/// <summary>Methods, integrations and the responses of both: put, read, changed and deleted alike.</summary>
internal sealed class MethodOperations(ApiTree tree, RestDialect dialect)
{
    public void AddTo(OperationTable operations)
    {
        foreach (var part in MethodPart.All)
        {
            var route = ResourceOperations.One + part.Route;
            operations.Add($"Put{part.Name}", $"PUT {route}", call => Put(call, part));
            operations.Add($"Get{part.Name}", $"GET {route}", call => JsonAnswer.Of(Find(call, part).DeepClone()));
            operations.Add($"Update{part.Name}", $"PATCH {route}", call => Update(call, part));
            operations.Add($"Delete{part.Name}", $"DELETE {route}", call => Delete(call, part));
        }
    }

    private SandboxResponse Put(Call call, MethodPart part)
    {
        var resource = tree.At(call, ResourceOperations.One);
        var document = call.Json.DeepClone().AsObject();
        MethodRules.Complete(part, document, call, resource.Document);
        MethodRules.Check(part, document, call, tree.At(call, RestApiKinds.Api));

        var holder = resource.Document;
        var names = Names(call, part);
        foreach (var (name, place) in names[..^1].Zip(part.Place))
            holder = holder.Part(name) ?? (place.StartsWith('{') || name == "methodIntegration" ? throw Missing(part) : (JsonObject)(holder[name] = new JsonObject()));
        if (part == MethodPart.Method && holder.ContainsKey(names[^1])) throw ApiErrors.Conflict("Method already exists for this resource");
        if (part != MethodPart.Integration && part != MethodPart.Method) document["statusCode"] = names[^1];
        if (part == MethodPart.Integration && (holder[names[^1]] as JsonObject)?.Part("integrationResponses") is { } responses) document["integrationResponses"] = responses.DeepClone();
        holder[names[^1]] = document;
        return JsonAnswer.Of(document.DeepClone(), 201);
    }

    private SandboxResponse Update(Call call, MethodPart part)
    {
        var document = Find(call, part);
        var changed = document.DeepClone().AsObject();
        dialect.Update(changed, call.Json);
        MethodRules.Check(part, changed, call, tree.At(call, RestApiKinds.Api));
        document.ReplaceWith(changed);
        return JsonAnswer.Of(changed.DeepClone(), part == MethodPart.MethodResponse ? 201 : 200);
    }

    private SandboxResponse Delete(Call call, MethodPart part)
    {
        ((JsonObject)Find(call, part).Parent!).Remove(Names(call, part)[^1]);
        return JsonAnswer.Empty();
    }

    private JsonObject Find(Call call, MethodPart part) =>
        Names(call, part).Aggregate((JsonObject?)tree.At(call, ResourceOperations.One).Document, (holder, name) => holder?.Part(name)) ?? throw Missing(part);

    private static string[] Names(Call call, MethodPart part) => [.. part.Place.Select(name => name.StartsWith('{') ? call.Label(name[1..^1]) : name)];

    private static SandboxException Missing(MethodPart part) => new(404, "NotFoundException", $"Invalid {part.Words} identifier specified");
}
