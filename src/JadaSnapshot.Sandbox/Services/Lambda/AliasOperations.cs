using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lambda;

internal sealed class AliasOperations(LambdaState state)
{
    private const string Aliases = "/2015-03-31/functions/{FunctionName}/aliases";

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateAlias", $"POST {Aliases}", Create);
        operations.Add("GetAlias", $"GET {Aliases}/{{Name}}", call => Answer(Find(call)));
        operations.Add("ListAliases", $"GET {Aliases}", List);
        operations.Add("UpdateAlias", $"PUT {Aliases}/{{Name}}", Update);
        operations.Add("DeleteAlias", $"DELETE {Aliases}/{{Name}}", Delete);
    }

    private Function Function(Call call) => FunctionReference.Of(state, call).Function(state.In(call.Region));

    private (Function, Alias) Find(Call call)
    {
        var function = Function(call);
        return (function, function.Aliases.GetValueOrDefault(call.Label("Name")) ?? throw LambdaErrors.NotFound($"Cannot find alias arn: {function.Arn}:{call.Label("Name")}"));
    }

    private SandboxResponse Create(Call call)
    {
        var function = Function(call);
        var name = call.Json.Need("Name");
        if (name.All(char.IsAsciiDigit) || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            throw LambdaErrors.Validation(Constraint.Pattern(name, "name", "(?!^[0-9]+$)([a-zA-Z0-9-_]+)"));
        if (function.Aliases.ContainsKey(name)) throw LambdaErrors.Conflict($"Alias already exists: {function.Arn}:{name}");
        var alias = new Alias { Name = name, FunctionVersion = "", RevisionId = "" };
        Apply(function, alias, call.Json, call.Json.Need("FunctionVersion"));
        function.Aliases.Add(name, alias);
        return Answer((function, alias), 201);
    }

    private SandboxResponse Update(Call call)
    {
        var (function, alias) = Find(call);
        if (call.Json.Text("RevisionId") is { } revision && revision != alias.RevisionId) throw LambdaErrors.StaleRevision();
        Apply(function, alias, call.Json, call.Json.Text("FunctionVersion") ?? alias.FunctionVersion);
        return Answer((function, alias));
    }

    private void Apply(Function function, Alias alias, JsonObject asked, string version)
    {
        var routing = asked.Part("RoutingConfig");
        List<string> versions = [version, .. routing?.Part("AdditionalVersionWeights")?.Select(weight => weight.Key) ?? []];
        foreach (var number in versions)
            if (function.Aliases.ContainsKey(number) || FunctionReference.Find(function, number) is null)
                throw LambdaErrors.NotFound($"Function not found: {function.Arn}:{number}");
        alias.FunctionVersion = version;
        alias.Description = asked.Text("Description") ?? alias.Description;
        if (routing is not null) alias.Routing = versions.Count > 1 ? routing.DeepClone().AsObject() : null;
        alias.RevisionId = state.World.NewGuid();
    }

    private SandboxResponse List(Call call)
    {
        var function = Function(call);
        var version = call.Query("FunctionVersion");
        return LambdaAnswer.Listing(call, "Aliases", function.Aliases.Values.Where(alias => version is null || alias.FunctionVersion == version), alias => alias.Name, alias => Render(function, alias));
    }

    private SandboxResponse Delete(Call call)
    {
        Function(call).Aliases.Remove(call.Label("Name"));
        return JsonAnswer.Empty();
    }

    private static SandboxResponse Answer((Function Function, Alias Alias) found, int status = 200) => JsonAnswer.Of(Render(found.Function, found.Alias), status);

    private static JsonObject Render(Function function, Alias alias) => new JsonObject
    {
        ["AliasArn"] = $"{function.Arn}:{alias.Name}",
        ["Name"] = alias.Name,
        ["FunctionVersion"] = alias.FunctionVersion,
        ["Description"] = alias.Description,
    }.With("RoutingConfig", alias.Routing?.DeepClone()).With("RevisionId", alias.RevisionId);
}
