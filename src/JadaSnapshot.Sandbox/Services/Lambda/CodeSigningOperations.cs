using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lambda;

/// <summary>Whose signatures functions accept: configurations, and the functions that have one.</summary>
internal sealed class CodeSigningOperations(LambdaState state)
{
    private const string Configs = "/2020-04-22/code-signing-configs";
    private const string Config = $"{Configs}/{{CodeSigningConfigArn}}";
    private const string OfFunction = "/2020-06-30/functions/{FunctionName}/code-signing-config";
    private const int MostPublishers = 20;

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateCodeSigningConfig", $"POST {Configs}", Create);
        operations.Add("GetCodeSigningConfig", $"GET {Config}", call => Answer(Find(call, call.Label("CodeSigningConfigArn"))));
        operations.Add("UpdateCodeSigningConfig", $"PUT {Config}", Update);
        operations.Add("DeleteCodeSigningConfig", $"DELETE {Config}", Delete);
        operations.Add("ListCodeSigningConfigs", $"GET {Configs}", List);
        operations.Add("ListFunctionsByCodeSigningConfig", $"GET {Config}/functions", ListFunctions);
        operations.Add("PutFunctionCodeSigningConfig", $"PUT {OfFunction}", Put);
        operations.Add("GetFunctionCodeSigningConfig", $"GET {OfFunction}", call => Answer(Function(call)));
        operations.Add("DeleteFunctionCodeSigningConfig", $"DELETE {OfFunction}", Remove);
    }

    /// <exception cref="SandboxException">There is no such configuration.</exception>
    public static CodeSigningConfig Find(LambdaRegion region, string arn, string code = "ResourceNotFoundException") =>
        region.CodeSigningConfigs.GetValueOrDefault(arn) ?? throw new SandboxException(404, code, $"The Lambda code signing configuration {arn} can not be found.");

    private Function Function(Call call) => FunctionReference.Of(state, call).Function(state.In(call.Region));

    private CodeSigningConfig Find(Call call, string arn) => Find(state.In(call.Region), arn);

    private IEnumerable<Function> Users(Call call, CodeSigningConfig config) =>
        state.In(call.Region).Functions.Values.Where(function => function.CodeSigningConfigArn == config.Arn);

    private SandboxResponse Create(Call call)
    {
        var id = "csc-0" + state.World.NewId(16, "0123456789abcdef");
        var config = new CodeSigningConfig { Arn = $"{state.In(call.Region).ArnPrefix}code-signing-config:{id}", Document = new() { ["CodeSigningConfigId"] = id } };
        config.Document["CodeSigningConfigArn"] = config.Arn;
        config.Document["Description"] = "";
        config.Document["CodeSigningPolicies"] = new JsonObject { ["UntrustedArtifactOnDeployment"] = "Warn" };
        _ = call.Json.Part("AllowedPublishers") ?? throw JsonBody.MissingMember("allowedPublishers");
        Apply(config, call.Json);
        TagOperations.Merge(config.Tags, call.Json.Part("Tags"));
        state.In(call.Region).CodeSigningConfigs.Add(config.Arn, config);
        return Answer(config, 201);
    }

    private SandboxResponse Update(Call call)
    {
        var config = Find(call, call.Label("CodeSigningConfigArn"));
        Apply(config, call.Json);
        return Answer(config);
    }

    private void Apply(CodeSigningConfig config, JsonObject asked)
    {
        if (asked.Part("AllowedPublishers") is { } publishers && publishers.Texts("SigningProfileVersionArns").Count() is < 1 or > MostPublishers)
            throw LambdaErrors.Validation(Constraint.Failed("[]", "allowedPublishers.signingProfileVersionArns", $"Member must have length between 1 and {MostPublishers}"));
        if (asked.Part("CodeSigningPolicies")?.Text("UntrustedArtifactOnDeployment") is { } policy and not ("Warn" or "Enforce"))
            throw LambdaErrors.Validation(Constraint.NotInSet(policy, "codeSigningPolicies.untrustedArtifactOnDeployment", ["Warn", "Enforce"]));
        foreach (var (name, value) in asked)
            if (name != "Tags") config.Document[name] = value?.DeepClone();
        config.Document["LastModified"] = state.World.Now.IsoOffset();
    }

    private SandboxResponse Delete(Call call)
    {
        var config = Find(call, call.Label("CodeSigningConfigArn"));
        if (Users(call, config).FirstOrDefault() is { } user) throw LambdaErrors.Conflict($"The code signing configuration is in use by the function {user.Arn}.");
        state.In(call.Region).CodeSigningConfigs.Remove(config.Arn);
        return JsonAnswer.Empty();
    }

    private SandboxResponse List(Call call) =>
        LambdaAnswer.Listing(call, "CodeSigningConfigs", state.In(call.Region).CodeSigningConfigs.Values, config => config.Arn, config => config.Document.DeepClone());

    private SandboxResponse ListFunctions(Call call) =>
        LambdaAnswer.Listing(call, "FunctionArns", Users(call, Find(call, call.Label("CodeSigningConfigArn"))), function => function.Name, function => JsonValue.Create(function.Arn));

    private SandboxResponse Put(Call call)
    {
        var function = Function(call);
        function.CodeSigningConfigArn = Find(state.In(call.Region), call.Json.Need("CodeSigningConfigArn"), "CodeSigningConfigNotFoundException").Arn;
        return Answer(function);
    }

    private SandboxResponse Remove(Call call)
    {
        Function(call).CodeSigningConfigArn = null;
        return JsonAnswer.Empty();
    }

    private static SandboxResponse Answer(CodeSigningConfig config, int status = 200) => JsonAnswer.Of(new JsonObject { ["CodeSigningConfig"] = config.Document.DeepClone() }, status);

    private static SandboxResponse Answer(Function function) =>
        JsonAnswer.Of(new JsonObject().With("CodeSigningConfigArn", function.CodeSigningConfigArn).With("FunctionName", function.Name));
}
