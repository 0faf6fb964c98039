using System.Globalization;
using System.Text.Json.Nodes;

namespace JadaSnapshot.Sandbox.Estate.Functions;

/// <summary>Publishes layers, then makes the functions, their versions, aliases and permissions.</summary>
internal static class FunctionBuilder
{
    public static async Task BuildAsync(EstateScript script)
    {
        for (var index = 0; index < LayerCatalogue.Versions.Count; index++)
        {
            script.Clock.Set(900 - 40 * index);
            await PublishAsync(script, LayerCatalogue.Versions[index]);
        }
        for (var index = 0; index < FunctionCatalogue.All.Count; index++)
        {
            script.Clock.Set(700 - 30 * index);
            await CreateAsync(script, FunctionCatalogue.All[index]);
        }
    }

    /// <summary>What only works once tables have streams and functions are there.</summary>
    public static async Task ConnectAsync(EstateScript script, string streamArn)
    {
        script.Clock.Set(30);
        await script.LambdaAsync(EstateNames.West, "POST", "/2015-03-31/event-source-mappings", new()
        {
            ["EventSourceArn"] = streamArn,
            ["FunctionName"] = "session-cleaner",
            ["StartingPosition"] = "LATEST",
            ["BatchSize"] = 50,
        });
        await script.LambdaAsync(EstateNames.West, "POST", "/2021-10-31/functions/tide-table/url", new()
        {
            ["AuthType"] = "NONE",
            ["Cors"] = new JsonObject { ["AllowOrigins"] = new JsonArray("https://sailjada.com"), ["AllowMethods"] = new JsonArray("GET") },
        });
        await script.LambdaAsync(EstateNames.West, "PUT", "/2017-10-31/functions/log-rollup/concurrency", new() { ["ReservedConcurrentExecutions"] = 1 });
    }

    private static async Task PublishAsync(EstateScript script, LayerVersion layer) => await script.LambdaAsync(
        EstateNames.West, "POST", $"/2018-10-31/layers/{layer.Name}/versions", new()
        {
            ["Description"] = $"{layer.Name}, edition {layer.Number}",
            ["Content"] = layer.Number == 1
                ? new JsonObject { ["S3Bucket"] = EstateNames.LayerBucket, ["S3Key"] = layer.Key }
                : new JsonObject { ["ZipFile"] = Convert.ToBase64String(layer.Zip()) },
            ["CompatibleRuntimes"] = new JsonArray([.. layer.Runtimes.Select(runtime => JsonValue.Create(runtime))]),
            ["LicenseInfo"] = "Proprietary",
        });

    private static async Task CreateAsync(EstateScript script, FunctionPlan function)
    {
        var account = script.World.Account;
        var body = new JsonObject
        {
            ["FunctionName"] = function.Name,
            ["Runtime"] = function.Runtime,
            ["Role"] = $"arn:aws:iam::{account}:role/service-role/{function.RoleName}",
            ["Handler"] = function.Handler,
            ["Code"] = function.Source == CodeSource.Inline
                ? new JsonObject { ["ZipFile"] = Convert.ToBase64String(function.Zip()) }
                : new JsonObject { ["S3Bucket"] = function.Region == EstateNames.East ? EstateNames.CodeBucketEast : EstateNames.CodeBucketWest, ["S3Key"] = function.SourceKey },
            ["Description"] = function.Purpose,
            ["Timeout"] = function.Timeout,
            ["MemorySize"] = function.Memory,
            ["PackageType"] = "Zip",
            ["Architectures"] = new JsonArray(function.Name.Length % 3 == 0 ? "arm64" : "x86_64"),
            ["Tags"] = new JsonObject { ["site"] = EstateNames.Sites[function.Name.Length % 3], ["owner"] = "crew" },
        };
        if (function.Layers.Count > 0)
            body["Layers"] = new JsonArray([.. function.Layers.Select(layer =>
                JsonValue.Create($"arn:aws:lambda:{function.Region}:{account}:layer:{layer.Name}:{layer.Version}"))]);
        if (Environment(script, function) is { Count: > 0 } variables)
            body["Environment"] = new JsonObject { ["Variables"] = variables };
        await script.LambdaAsync(function.Region, "POST", "/2015-03-31/functions", body);

        await PublishVersionsAsync(script, function);
        for (var index = 0; index < function.Invokers.Count; index++)
            await AllowAsync(script, function, index);
    }

    private static JsonObject Environment(EstateScript script, FunctionPlan function)
    {
        var variables = new JsonObject();
        foreach (var (name, value) in function.Settings) variables[name] = value;
        foreach (var secret in EstateSecrets.Variables.Where(each => each.Function == function.Name))
            variables[secret.Variable] = secret.Value(script.Secret(secret.Name));
        return variables;
    }

    private static async Task PublishVersionsAsync(EstateScript script, FunctionPlan function)
    {
        var path = $"/2015-03-31/functions/{function.Name}";
        for (var version = 1; version <= function.Published; version++)
        {
            if (version > 1)
            {
                script.Clock.Pass(TimeSpan.FromDays(9));
                await script.LambdaAsync(function.Region, "PUT", $"{path}/code", new() { ["ZipFile"] = Convert.ToBase64String(function.Zip(version)) });
            }
            script.Clock.Pass(TimeSpan.FromHours(1));
            await script.LambdaAsync(function.Region, "POST", $"{path}/versions", new() { ["Description"] = $"Release {version}" });
        }
        if (function.Published == 0) return;

        script.Clock.Pass(TimeSpan.FromHours(1));
        await script.LambdaAsync(function.Region, "POST", $"{path}/aliases", new()
        {
            ["Name"] = "live",
            ["FunctionVersion"] = function.Published.ToString(CultureInfo.InvariantCulture),
            ["Description"] = "What the sites call",
        });
    }

    private static async Task AllowAsync(EstateScript script, FunctionPlan function, int index)
    {
        var (service, source) = function.Invokers[index];
        var permission = new JsonObject { ["StatementId"] = $"invoke-{index + 1}", ["Action"] = source.Length == 0 ? "lambda:GetFunction" : "lambda:InvokeFunction", ["Principal"] = service };
        if (source.Length > 0) permission["SourceArn"] = string.Format(CultureInfo.InvariantCulture, source, script.World.Account);
        if (service == "s3.amazonaws.com") permission["SourceAccount"] = script.World.Account;
        await script.LambdaAsync(function.Region, "POST", $"/2015-03-31/functions/{function.Name}/policy", permission);
    }
}
