using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lambda;

internal sealed class FunctionOperations(LambdaState state)
{
    public void AddTo(OperationTable operations)
    {
        operations.Add("GetFunction", "GET /2015-03-31/functions/{FunctionName}", Get);
        operations.Add("GetFunctionConfiguration", "GET /2015-03-31/functions/{FunctionName}/configuration", GetConfiguration);
        operations.Add("ListFunctions", "GET /2015-03-31/functions", List);
        operations.Add("UpdateFunctionConfiguration", "PUT /2015-03-31/functions/{FunctionName}/configuration", UpdateConfiguration);
        operations.Add("DeleteFunction", "DELETE /2015-03-31/functions/{FunctionName}", Delete);
        operations.Add("GetAccountSettings", "GET /2016-08-19/account-settings", AccountSettings);
    }

    private SandboxResponse Get(Call call)
    {
        var reference = FunctionReference.Of(state, call);
        var (function, version) = reference.Version(state.In(call.Region));
        var answer = new JsonObject
        {
            ["Configuration"] = FunctionConfiguration.Whole(state, function, version, reference.Qualifier),
            ["Code"] = FunctionConfiguration.CodeLocation(state, function, version, call.Request),
        };
        if (function.Tags.Count > 0) answer["Tags"] = TagOperations.Render(function.Tags);
        if (function.ReservedConcurrency is { } reserved) answer["Concurrency"] = new JsonObject { ["ReservedConcurrentExecutions"] = reserved };
        return JsonAnswer.Of(answer);
    }

    private SandboxResponse GetConfiguration(Call call)
    {
        var reference = FunctionReference.Of(state, call);
        var (function, version) = reference.Version(state.In(call.Region));
        return JsonAnswer.Of(FunctionConfiguration.Whole(state, function, version, reference.Qualifier));
    }

    private SandboxResponse List(Call call)
    {
        var all = call.Query("FunctionVersion") switch
        {
            null or "" => false,
            "ALL" => true,
            var other => throw LambdaErrors.Validation(Constraint.NotInSet(other, "functionVersion", ["ALL"])),
        };
        var entries = state.In(call.Region).Functions.Values.SelectMany(function =>
            (all ? function.Published.Values.Prepend(function.Latest) : [function.Latest]).Select(version => (function, version)));
        return LambdaAnswer.Listing(call, "Functions", entries,
            entry => $"{entry.function.Name}:{VersionOperations.Order(entry.version)}",
            entry => FunctionConfiguration.Listed(entry.function, entry.version, all ? entry.version.Number : null));
    }

    private SandboxResponse UpdateConfiguration(Call call)
    {
        var region = state.In(call.Region);
        var function = FunctionReference.Of(state, call).Function(region);
        if (call.Json.Text("RevisionId") is { } revision && revision != function.Latest.RevisionId) throw LambdaErrors.StaleRevision();
        state.CheckChangeable(function);
        var settings = function.Latest.Settings.DeepClone().AsObject();
        FunctionSettings.Apply(settings, call.Json, state, region);
        function.Latest = new FunctionVersion
        {
            Number = FunctionVersion.LatestNumber,
            Settings = settings,
            Code = function.Latest.Code,
            RevisionId = state.World.NewGuid(),
            Modified = state.World.Now,
        };
        function.Updated = state.World.SettledAfter(state.World.Settling.Functions);
        return JsonAnswer.Of(FunctionConfiguration.Whole(state, function, function.Latest));
    }

    private SandboxResponse Delete(Call call)
    {
        var region = state.In(call.Region);
        var reference = FunctionReference.Of(state, call);
        var (function, version) = reference.Version(region);
        if (reference.Qualifier is null)
        {
            region.Functions.Remove(function.Name);
            return JsonAnswer.Empty();
        }
        if (version.Number == FunctionVersion.LatestNumber || function.Aliases.ContainsKey(reference.Qualifier))
            throw LambdaErrors.InvalidParameter("$LATEST version cannot be deleted without deleting the function.");
        if (function.Aliases.Values.FirstOrDefault(alias => alias.FunctionVersion == version.Number) is { } user)
            throw LambdaErrors.Conflict($"Version {version.Number} is currently associated with alias: {user.Name}. Please disassociate the alias before deleting this version.");
        function.Published.Remove(int.Parse(version.Number, System.Globalization.CultureInfo.InvariantCulture));
        return JsonAnswer.Empty();
    }

    private SandboxResponse AccountSettings(Call call)
    {
        var functions = state.In(call.Region).Functions.Values;
        return JsonAnswer.Of(new JsonObject
        {
            ["AccountLimit"] = new JsonObject
            {
                ["TotalCodeSize"] = 80_530_636_800,
                ["CodeSizeUnzipped"] = 262_144_000,
                ["CodeSizeZipped"] = 52_428_800,
                ["ConcurrentExecutions"] = ConcurrencyOperations.AccountConcurrency,
                ["UnreservedConcurrentExecutions"] = ConcurrencyOperations.Unreserved(functions),
            },
            ["AccountUsage"] = new JsonObject
            {
                ["TotalCodeSize"] = functions.Sum(function => function.Published.Values.Prepend(function.Latest).Sum(version => version.Code.Zip.LongLength)),
                ["FunctionCount"] = functions.Count,
            },
        });
    }
}
