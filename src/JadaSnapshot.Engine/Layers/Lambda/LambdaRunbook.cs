using System.Text.Json;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>How layer versions and functions come back.</summary>
internal sealed class LambdaRunbook : IRunbookPart
{
    public string Layer => LambdaLayer.LayerName;

    public RunbookStage Stage => RunbookStage.Functions;

    public void Write(RunbookSource source, RunbookPage page)
    {
        page.Layer(Layer);
        foreach (var version in source.Of(Layer, LambdaFolders.LayerVersion)) WriteLayer(version, source, page);
        foreach (var function in source.Of(Layer, LambdaFolders.Function)) new FunctionRunbook(function, source, page).Write();
        page.Hints(source.Of(Layer, LambdaFolders.CodeSigningConfig).Select(config => (LambdaFolders.Of(config) + "code-signing-config.json", "`aws lambda create-code-signing-config`, then `put-function-code-signing-config` where a function has a `code-signing.json`")));
    }

    private static void WriteLayer(Resource version, RunbookSource source, RunbookPage page)
    {
        var folder = LambdaFolders.Of(version);
        if (!source.Has(folder + "content.zip")) return;
        var described = source.Json(folder + "layer-version.json");
        page.Heading("Layer", LayerVersionArn.Parse(version.Id) is { Number: not "" } arn ? $"{arn.Name}:{arn.Number}" : version.Name, version.Region);
        page.Shell(shell =>
        {
            shell.Send(
                described.Pick("Description", "LicenseInfo", "CompatibleRuntimes", "CompatibleArchitectures").With("LayerName", LayerVersionArn.Parse(version.Id).Name),
                $"request aws lambda publish-layer-version --region {version.Region} --zip-file {"fileb://" + folder + "content.zip"} --query LayerVersionArn --output text > \"$WORK/arn\"");
            shell.Add($"learn {version.Id} \"$(cat \"$WORK/arn\")\"");
        });
    }
}

/// <summary>How one function comes back.</summary>
internal sealed class FunctionRunbook(Resource function, RunbookSource source, RunbookPage page)
{
    // What GetFunction says and CreateFunction takes under the same name.
    private static readonly string[] Settings =
    [
        "FunctionName", "Runtime", "Role", "Handler", "Description", "Timeout", "MemorySize", "PackageType", "Architectures", "DeadLetterConfig", "TracingConfig",
        "FileSystemConfigs", "EphemeralStorage", "LoggingConfig", "KMSKeyArn",
    ];

    private static readonly string[] Mapping =
    [
        "EventSourceArn", "BatchSize", "FilterCriteria", "MaximumBatchingWindowInSeconds", "ParallelizationFactor", "StartingPosition", "StartingPositionTimestamp", "MaximumRecordAgeInSeconds",
        "BisectBatchOnFunctionError", "MaximumRetryAttempts", "TumblingWindowInSeconds", "Topics", "Queues", "SourceAccessConfigurations", "SelfManagedEventSource", "FunctionResponseTypes",
        "AmazonManagedKafkaEventSourceConfig", "SelfManagedKafkaEventSourceConfig", "ScalingConfig", "DocumentDBEventSourceConfig", "KMSKeyArn", "MetricsConfig", "ProvisionedPollerConfig",
    ];

    private const long LargestUpload = 50 << 20;

    private readonly string _folder = LambdaFolders.Of(function);

    public void Write()
    {
        var latest = source.Json(_folder + FunctionView.Document);
        var configuration = latest.Member("Configuration");
        if (configuration.ValueKind != JsonValueKind.Object) return;
        page.Heading("Function", function.Name, $"{configuration.Text("Runtime") ?? configuration.Text("PackageType")}, {function.Region}");
        page.Restore("Restore-JadaLambda", "FunctionName", function.Name);
        WriteVariables(configuration);
        if (configuration.Number("CodeSize") > LargestUpload) page.Add("Its code is over 50 MB: put the package into a bucket of the region, and give its place (`--s3-bucket`, `--s3-key`) instead of `--zip-file`.");
        page.Shell(shell =>
        {
            foreach (var version in Published()) Publish(shell, version);
            Put(shell, latest, "code.zip");
            if (latest.Member("Concurrency").Number("ReservedConcurrentExecutions") is { } reserved) Add(shell, "put-function-concurrency", $"--reserved-concurrent-executions {reserved}");
        });
        page.Shell(shell =>
        {
            foreach (var alias in Pages(FunctionView.Aliases, "Aliases"))
                shell.Add($"aws lambda create-alias --region {function.Region} --function-name {function.Name} --name {alias.Text("Name")} --description {alias.Text("Description") ?? ""} --function-version \"$(version_of {function.Name} {alias.Text("FunctionVersion")})\"");
            foreach (var url in Pages(FunctionView.Urls, "FunctionUrlConfigs"))
                Send(shell, url.Pick("AuthType", "Cors", "InvokeMode").With("Qualifier", Qualifier(url)), "create-function-url-config");
            WritePolicies(shell);
        });
        page.Shell(WriteAttached);
        page.Hints(source.Below(_folder).Where(path => path == _folder + "code-signing.json").Select(path => (path, "`aws lambda put-function-code-signing-config`")));
    }

    private void WriteVariables(JsonElement configuration)
    {
        var names = configuration.Member("Environment").Member("Variables").Texts().Keys;
        if (!names.Any())
        {
            page.Shell(shell => shell.Add($"no_variables"));
            return;
        }
        var isSealed = source.Has(_folder + FunctionView.Document + ".cms");
        page.Add($"Its variables have values that are not in this snapshot{(isSealed ? " but sealed" : "")}. {(isSealed ? "Open them with the key:" : "Write them in place of `null`; what is left `null` is refused:")}");
        page.Shell(shell =>
        {
            if (isSealed) shell.Add($"openssl cms -decrypt -inform PEM -in {_folder + FunctionView.Document + ".cms"} -inkey \"$KEY\" | jq '{{Variables: .Configuration.Environment.Variables}}' > \"$WORK/environment.json\"");
            else shell.Send(RunbookRequest.Of(("Variables", new System.Text.Json.Nodes.JsonObject(names.Select(name => KeyValuePair.Create(name, (System.Text.Json.Nodes.JsonNode?)null))))), $"cat > \"$WORK/environment.json\"");
        });
    }

    private IEnumerable<(long Number, JsonElement Document)> Published() =>
        from path in source.Below(_folder + FunctionView.Versions)
        where path.EndsWith(".json", StringComparison.Ordinal)
        let document = source.Json(path)
        let number = long.TryParse(document.Member("Configuration").Text("Version"), out var parsed) ? parsed : 0
        orderby number
        select (number, document);

    private void Publish(ShellBlock shell, (long Number, JsonElement Document) version)
    {
        var code = version.Document.Member("Configuration").Text("CodeSha256") is { } digest ? $"code/{Convert.ToHexStringLower(Convert.FromBase64String(digest))}.zip" : "code.zip";
        Put(shell, version.Document, source.Has(_folder + code) ? code : "code.zip");
        shell.Add($"publish {function.Region} {function.Name} {version.Number} {version.Document.Member("Configuration").Text("Description") ?? ""}");
    }

    private void Put(ShellBlock shell, JsonElement document, string code)
    {
        var configuration = document.Member("Configuration");
        var image = document.Member("Code").Text("ResolvedImageUri") ?? document.Member("Code").Text("ImageUri");
        var request = configuration.Pick(Settings)
            .With("Layers", configuration.Items("Layers").Any() ? new System.Text.Json.Nodes.JsonArray([.. configuration.Items("Layers").Select(layer => (System.Text.Json.Nodes.JsonNode?)layer.Text("Arn"))]) : null)
            .With("VpcConfig", configuration.Member("VpcConfig").Items("SubnetIds").Any() ? configuration.Member("VpcConfig").Pick("SubnetIds", "SecurityGroupIds", "Ipv6AllowedForDualStack") : null)
            .With("SnapStart", configuration.Member("SnapStart").Text("ApplyOn") is { } apply and not "None" ? RunbookRequest.Of(("ApplyOn", apply)) : null)
            .With("ImageConfig", configuration.Member("ImageConfigResponse").Node("ImageConfig"))
            .With("Tags", document.Node("Tags"))
            .With("Code", image is null ? null : RunbookRequest.Of(("ImageUri", image)));
        if (image is null) shell.Send(request, $"put_function {function.Region} {function.Name} {_folder + code}");
        else shell.Send(request, $"put_function {function.Region} {function.Name}");
    }

    private void WritePolicies(ShellBlock shell)
    {
        foreach (var path in source.Below(_folder).Where(path => path == _folder + "policy.json" || path.StartsWith(_folder + "policies/", StringComparison.Ordinal)))
        {
            if (source.Json(path).Text("Policy") is not { } policy) continue;
            foreach (var statement in JsonElement.Parse(policy).Items("Statement"))
                Send(shell, PermissionRequest.Of(statement), "add-permission");
        }
    }

    private void WriteAttached(ShellBlock shell)
    {
        foreach (var config in Pages("event-invoke-configs", "FunctionEventInvokeConfigs"))
            Send(shell, config.Pick("MaximumRetryAttempts", "MaximumEventAgeInSeconds", "DestinationConfig").With("Qualifier", Qualifier(config)), "put-function-event-invoke-config");
        foreach (var config in Pages("provisioned-concurrency", "ProvisionedConcurrencyConfigs"))
            Add(shell, "put-provisioned-concurrency-config", $"--qualifier \"$(version_of {function.Name} {Qualifier(config)})\" --provisioned-concurrent-executions {config.Number("RequestedProvisionedConcurrentExecutions")}");
        if (source.Json(_folder + "runtime-management.json") is var runtime && runtime.Text("UpdateRuntimeOn") is { } update and not "Auto")
            Send(shell, runtime.Pick("RuntimeVersionArn").With("UpdateRuntimeOn", update), "put-runtime-management-config");
        if (source.Json(_folder + "recursion.json").Text("RecursiveLoop") == "Allow") Add(shell, "put-function-recursion-config", $"--recursive-loop Allow");
        foreach (var mapping in source.Below(_folder + FunctionView.EventSources).Where(path => !path.EndsWith(EventSource.Tags, StringComparison.Ordinal)).Select(source.Json))
            shell.Send(
                mapping.Pick(Mapping).With("FunctionName", mapping.Text("FunctionArn")).With("DestinationConfig", mapping.Member("DestinationConfig").Member("OnFailure").Text("Destination") is null ? null : mapping.Node("DestinationConfig")),
                $"request aws lambda create-event-source-mapping --region {function.Region} --no-enabled");
    }

    private IEnumerable<JsonElement> Pages(string document, string list) => source.AllJson($"{_folder}{document}-").SelectMany(page => page.Items(list));

    private void Add(ShellBlock shell, string operation, FormattableString options) =>
        shell.Add(System.Runtime.CompilerServices.FormattableStringFactory.Create($"aws lambda {operation} --region {{{options.ArgumentCount}}} --function-name {{{options.ArgumentCount + 1}}} {options.Format}", [.. options.GetArguments(), function.Region, function.Name]));

    private void Send(ShellBlock shell, System.Text.Json.Nodes.JsonObject request, string operation) =>
        shell.Send(request.With("FunctionName", function.Name), System.Runtime.CompilerServices.FormattableStringFactory.Create($"request aws lambda {operation} --region {{0}}", function.Region));

    private static string? Qualifier(JsonElement config) => config.Text("FunctionArn")?.Split(':') is [_, _, _, _, _, _, _, var qualifier] ? qualifier : null;
}
