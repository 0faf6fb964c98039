using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Ssm;

/// <summary>DescribeParameters, which never says a value, and GetParametersByPath, which does.</summary>
internal sealed class ParameterListings(ParameterState state)
{
    private const int MostDescribed = 50;
    private const int MostRead = 10;

    public void AddTo(OperationTable operations)
    {
        operations.Add("DescribeParameters", Describe);
        operations.Add("GetParametersByPath", GetByPath);
    }

    private SandboxResponse Describe(Call call)
    {
        if (call.Json.List("Filters") is { Count: > 0 }) throw ParameterState.Invalid("The sandbox knows ParameterFilters only.");
        List<JsonObject> filters = [.. call.Json.Parts("ParameterFilters")];
        return Page(call, MostDescribed, state.In(call.Region).Values.Where(parameter => filters.All(filter => Passes(parameter, filter))), parameter => parameter.Describe());
    }

    private SandboxResponse GetByPath(Call call)
    {
        var path = call.Json.Need("Path");
        if (!path.StartsWith('/')) throw ParameterState.Invalid("The parameter doesn't meet the parameter name requirements. The parameter name must begin with a forward slash \"/\".");
        if (call.Json.List("ParameterFilters") is { Count: > 0 }) throw ParameterState.Invalid("The sandbox does not filter by path and more.");
        var decrypted = call.Json.Flag("WithDecryption") == true;
        var found = state.In(call.Region).Values.Where(parameter => IsBelow(parameter.Name, path, call.Json.Flag("Recursive") == true));
        return Page(call, MostRead, found, parameter => parameter.Read(parameter.Latest, decrypted));
    }

    private static SandboxResponse Page(Call call, int most, IEnumerable<Parameter> parameters, Func<Parameter, JsonObject> render)
    {
        var size = call.Json.Number("MaxResults") ?? most;
        if (size < 1 || size > most) throw ParameterState.Invalid(Constraint.Failed($"{size}", "maxResults", $"Member must have value between 1 and {most}"));
        var page = parameters.After(Marker.Open(call.Json.Text("NextToken"), "InvalidNextToken"), (int)size, parameter => parameter.Name);
        return Json11Service.Reply(new JsonObject { ["Parameters"] = JsonAnswer.List(page.Items.Select(render)) }.With("NextToken", Marker.Seal(page.Marker)));
    }

    private static bool Passes(Parameter parameter, JsonObject filter)
    {
        var (key, option, values) = (filter.Need("Key"), filter.Text("Option"), filter.Texts("Values").ToList());
        return (key, option) switch
        {
            ("Name", null or "Equals") => values.Contains(parameter.Name),
            ("Name", "BeginsWith") => values.Any(value => parameter.Name.StartsWith(value, StringComparison.Ordinal)),
            ("Name", "Contains") => values.Any(value => parameter.Name.Contains(value, StringComparison.Ordinal)),
            ("Type", null or "Equals") => values.Contains(parameter.Type),
            ("Path", null or "OneLevel" or "Recursive") => values.Any(value => IsBelow(parameter.Name, value, option == "Recursive")),
            ("Name" or "Type" or "Path", _) => throw new SandboxException(400, "InvalidFilterOption", $"The filter option {option} is not valid for {key}."),
            _ => throw new SandboxException(400, "InvalidFilterKey", $"The sandbox knows no filter key {key}."),
        };
    }

    private static bool IsBelow(string name, string path, bool atAnyDepth)
    {
        var folder = path.TrimEnd('/') + "/";
        return name.StartsWith(folder, StringComparison.Ordinal) && (atAnyDepth || name.IndexOf('/', folder.Length) < 0);
    }
}
