using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lambda;

/// <summary>The operations that bring code; they may have to wait for S3.</summary>
internal sealed class FunctionCodeOperations(LambdaState state)
{
    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateFunction", "POST /2015-03-31/functions", async (call, cancel) =>
        {
            var asked = call.Json.Part("Code") ?? throw JsonBody.MissingMember("code");
            var code = await CodePackage.TakeAsync(state.World, call, asked, cancel).ConfigureAwait(false);
            lock (operations.Gate) return Create(call, code);
        });
        operations.Add("UpdateFunctionCode", "PUT /2015-03-31/functions/{FunctionName}/code", async (call, cancel) =>
        {
            var code = await CodePackage.TakeAsync(state.World, call, call.Json, cancel).ConfigureAwait(false);
            lock (operations.Gate) return Update(call, code);
        });
    }

    private SandboxResponse Create(Call call, Code code)
    {
        var region = state.In(call.Region);
        var asked = call.Json;
        var name = FunctionReference.Parse(state, call.Region, asked.Need("FunctionName")).Name;
        if (name.Length > 64) throw LambdaErrors.Validation(Constraint.Failed(name, "functionName", "Member must have length less than or equal to 64"));
        _ = asked.Need("Role");
        if (code.ImageUri is null)
        {
            if (asked.Text("Runtime") is null) throw LambdaErrors.InvalidParameter("Runtime is mandatory for deployment packages that are .zip files.");
            if (asked.Text("Handler") is null) throw LambdaErrors.InvalidParameter("Handler is mandatory for deployment packages that are .zip files.");
        }
        var settings = FunctionSettings.Defaults(name);
        if (code.ImageUri is not null) settings["PackageType"] = "Image";
        FunctionSettings.Apply(settings, asked, state, region);
        if (settings.Text("PackageType") != (code.ImageUri is null ? "Zip" : "Image"))
            throw LambdaErrors.InvalidParameter("The package type does not fit the source of the code.");
        if (region.Functions.ContainsKey(name)) throw LambdaErrors.Conflict($"Function already exist: {name}");

        if (asked.Text("CodeSigningConfigArn") is { } signing) CodeSigningOperations.Find(region, signing, "CodeSigningConfigNotFoundException");
        var function = new Function { Name = name, Arn = $"{region.ArnPrefix}function:{name}", Latest = Version(settings, code), Created = state.World.SettledAfter(state.World.Settling.Functions) };
        function.Updated = function.Created;
        function.CodeSigningConfigArn = asked.Text("CodeSigningConfigArn");
        TagOperations.Merge(function.Tags, asked.Part("Tags"));
        region.Functions.Add(name, function);
        return JsonAnswer.Of(Answer(function, asked), 201);
    }

    private SandboxResponse Update(Call call, Code code)
    {
        var function = FunctionReference.Of(state, call).Function(state.In(call.Region));
        var asked = call.Json;
        if (asked.Text("RevisionId") is { } revision && revision != function.Latest.RevisionId) throw LambdaErrors.StaleRevision();
        state.CheckChangeable(function);
        if ((function.Latest.Code.ImageUri is null) != (code.ImageUri is null)) throw LambdaErrors.InvalidParameter("Please don't change the package type of a function.");
        var settings = function.Latest.Settings.DeepClone().AsObject();
        if (asked.List("Architectures") is { } architectures) settings["Architectures"] = architectures.DeepClone();
        var version = Version(settings, code);
        if (asked.Flag("DryRun") == true) return JsonAnswer.Of(FunctionConfiguration.Whole(state, function, version));
        function.Latest = version;
        function.Updated = state.World.SettledAfter(state.World.Settling.Functions);
        return JsonAnswer.Of(Answer(function, asked));
    }

    private JsonObject Answer(Function function, JsonObject asked)
    {
        if (asked.Flag("Publish") != true) return FunctionConfiguration.Whole(state, function, function.Latest);
        var published = VersionOperations.Publish(state, function, description: null);
        return FunctionConfiguration.Whole(state, function, published);
    }

    private FunctionVersion Version(JsonObject settings, Code code) => new()
    {
        Number = FunctionVersion.LatestNumber,
        Settings = settings,
        Code = code,
        RevisionId = state.World.NewGuid(),
        Modified = state.World.Now,
    };
}
