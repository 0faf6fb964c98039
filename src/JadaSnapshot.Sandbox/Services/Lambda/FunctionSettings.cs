using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.Iam;

namespace JadaSnapshot.Sandbox.Services.Lambda;

/// <summary>Turns what CreateFunction and UpdateFunctionConfiguration ask for into a configuration. Members that the sandbox does not know are kept.</summary>
internal static partial class FunctionSettings
{
    private const int MostEnvironmentBytes = 4096;
    private const int MostLayers = 5;

    private static readonly HashSet<string> NotSettings = ["FunctionName", "Code", "Publish", "PublishTo", "Tags", "CodeSigningConfigArn", "RevisionId", "DryRun"];

    private static readonly string[] ReservedVariables =
    [
        "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
    ];

    public static JsonObject Defaults(string name) => new()
    {
        ["Description"] = "",
        ["Timeout"] = 3,
        ["MemorySize"] = 128,
        ["TracingConfig"] = new JsonObject { ["Mode"] = "PassThrough" },
        ["PackageType"] = "Zip",
        ["Architectures"] = new JsonArray("x86_64"),
        ["EphemeralStorage"] = new JsonObject { ["Size"] = 512 },
        ["SnapStart"] = new JsonObject { ["ApplyOn"] = "None", ["OptimizationStatus"] = "Off" },
        ["LoggingConfig"] = new JsonObject { ["LogFormat"] = "Text", ["LogGroup"] = $"/aws/lambda/{name}" },
    };

    public static void Apply(JsonObject settings, JsonObject asked, LambdaState state, LambdaRegion region)
    {
        foreach (var (member, value) in asked)
        {
            if (NotSettings.Contains(member) || value is null) continue;
            switch (member)
            {
                case "Role": CheckRole(asked.Need("Role"), state.World); break;
                case "Runtime": CheckRuntime(asked.Need("Runtime")); break;
                case "Timeout": CheckRange(asked, "Timeout", 1, 900); break;
                case "MemorySize": CheckRange(asked, "MemorySize", 128, 10_240); break;
            }
            var (name, kept) = member switch
            {
                "Layers" => ("Layers", Layers(asked, region)),
                "Environment" => ("Environment", Environment(asked.Part("Environment")!)),
                "VpcConfig" => ("VpcConfig", Vpc(asked.Part("VpcConfig")!)),
                "SnapStart" => ("SnapStart", SnapStart(asked.Part("SnapStart")!)),
                "LoggingConfig" => ("LoggingConfig", Overlay(settings.Part("LoggingConfig"), asked.Part("LoggingConfig")!)),
                "ImageConfig" => ("ImageConfigResponse", new JsonObject { ["ImageConfig"] = value.DeepClone() }),
                "DeadLetterConfig" => (member, string.IsNullOrEmpty(asked.Part(member)!.Text("TargetArn")) ? null : value.DeepClone()),
                "KMSKeyArn" => (member, asked.Text(member) is { Length: > 0 } ? value.DeepClone() : null),
                _ => (member, value.DeepClone()),
            };
            if (kept is null) settings.Remove(name);
            else settings[name] = kept;
        }
    }

    private static void CheckRole(string role, SandboxWorld world)
    {
        if (!RolePattern().IsMatch(role)) throw LambdaErrors.Validation(Constraint.Pattern(role, "role", @"arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+"));
        if (!role.StartsWith($"arn:aws:iam::{world.Account}:", StringComparison.Ordinal))
            throw new SandboxException(403, "AccessDeniedException", "Cross-account pass role is not allowed.");
        if (!world.Get<IamService>().CanAssume(role, "lambda.amazonaws.com"))
            throw LambdaErrors.InvalidParameter("The role defined for the function cannot be assumed by Lambda.");
    }

    private static void CheckRuntime(string runtime)
    {
        if (!RuntimePattern().IsMatch(runtime))
            throw LambdaErrors.InvalidParameter($"Value {runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [nodejs22.x, python3.13, java21, dotnet8, ruby3.4, provided.al2023, …] or be a valid ARN");
    }

    private static void CheckRange(JsonObject asked, string member, long least, long most)
    {
        if (asked.Number(member) is { } value && (value < least || value > most))
            throw LambdaErrors.Validation(Constraint.Failed($"{value}", member, value < least ? $"Member must have value greater than or equal to {least}" : $"Member must have value less than or equal to {most}"));
    }

    private static JsonArray? Layers(JsonObject asked, LambdaRegion region)
    {
        List<string> arns = [.. asked.Texts("Layers")];
        if (arns.Count > MostLayers) throw LambdaErrors.InvalidParameter($"Cannot reference more than {MostLayers} layers.");
        if (arns.Count == 0) return null;
        return [.. arns.Select(arn => region.LayerVersion(arn) is { } version
            ? new JsonObject { ["Arn"] = arn, ["CodeSize"] = version.Code.Zip.LongLength }
            : throw LambdaErrors.InvalidParameter($"Layer version {arn} does not exist."))];
    }

    private static JsonObject? Environment(JsonObject asked)
    {
        if (asked.Part("Variables") is not { Count: > 0 } variables) return null;
        foreach (var (name, _) in variables)
        {
            if (!VariablePattern().IsMatch(name)) throw LambdaErrors.Validation(Constraint.Pattern(name, "environment.variables", "[a-zA-Z]([a-zA-Z0-9_])+"));
            _ = variables.Need(name);
        }
        List<string> reserved = [.. variables.Select(pair => pair.Key).Where(ReservedVariables.Contains)];
        if (reserved.Count > 0)
            throw LambdaErrors.InvalidParameter($"Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: {string.Join(", ", reserved)}");
        if (Encoding.UTF8.GetByteCount(JsonAnswer.Text(variables)) > MostEnvironmentBytes)
            throw LambdaErrors.InvalidParameter("Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.");
        return asked.DeepClone().AsObject();
    }

    private static JsonObject Vpc(JsonObject asked)
    {
        var kept = asked.DeepClone().AsObject();
        kept["SubnetIds"] ??= new JsonArray();
        kept["SecurityGroupIds"] ??= new JsonArray();
        var subnets = string.Join(',', kept.Texts("SubnetIds"));
#pragma warning disable CA1308 // ids of EC2 are in lower case
        kept["VpcId"] = subnets.Length == 0 ? "" : "vpc-0" + SandboxWorld.HashId("vpc", 16).ToLowerInvariant();
#pragma warning restore CA1308
        return kept;
    }

    private static JsonObject SnapStart(JsonObject asked)
    {
        var kept = asked.DeepClone().AsObject();
        kept["OptimizationStatus"] = "Off";
        return kept;
    }

    private static JsonObject Overlay(JsonObject? old, JsonObject asked)
    {
        var kept = old?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in asked) kept[name] = value?.DeepClone();
        return kept;
    }

    [GeneratedRegex(@"^arn:aws[a-zA-Z-]*:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-/]+$")]
    private static partial Regex RolePattern();

    [GeneratedRegex(@"^(nodejs(\d+\.x|\d+\.\d+|\d+\.\d+-edge)?|python\d+\.\d+|java\d+(\.al2)?|dotnet(core)?\d+(\.\d+)?|ruby\d+\.\d+|go1\.x|provided(\.al\d+)?)$")]
    private static partial Regex RuntimePattern();

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9_]+$")]
    private static partial Regex VariablePattern();
}
