using System.Text.Json.Nodes;

namespace JadaSnapshot.Sandbox.Estate.Functions;

/// <summary>Attaches to the functions what no description of a function speaks of: further aliases, their policies, event sources, signing and the rest.</summary>
internal static class AttachmentBuilder
{
    private const string Functions = "/2015-03-31/functions";

    public static async Task BuildAsync(EstateScript script)
    {
        script.Clock.Set(20);
        await AliasesAsync(script);
        await SourcesAsync(script);
        await SettingsAsync(script);
        await SigningAsync(script);
        await script.LambdaAsync(EstateNames.West, "POST", "/2018-10-31/layers/jada-common/versions/2/policy", new()
        {
            ["StatementId"] = "partners",
            ["Action"] = "lambda:GetLayerVersion",
            ["Principal"] = "210987654321",
        });
    }

    private static async Task AliasesAsync(EstateScript script)
    {
        await WestAsync(script, "POST", $"{Functions}/release-notify/aliases", new()
        {
            ["Name"] = "canary",
            ["FunctionVersion"] = "2",
            ["Description"] = "Tries the next release",
            ["RoutingConfig"] = new JsonObject { ["AdditionalVersionWeights"] = new JsonObject { ["3"] = 0.1 } },
        });
        await WestAsync(script, "POST", $"{Functions}/tide-table/aliases", new() { ["Name"] = "next", ["FunctionVersion"] = "$LATEST" });
        await WestAsync(script, "POST", $"{Functions}/booking-webhook:live/policy", new()
        {
            ["StatementId"] = "api",
            ["Action"] = "lambda:InvokeFunction",
            ["Principal"] = "apigateway.amazonaws.com",
            ["SourceArn"] = $"arn:aws:execute-api:{EstateNames.West}:{script.World.Account}:a1b2c3d4e5/*/POST/bookings",
        });
        await WestAsync(script, "PUT", "/2019-09-30/functions/booking-webhook/provisioned-concurrency", new() { ["ProvisionedConcurrentExecutions"] = 2 }, new KeyValuePair<string, string>("Qualifier", "live"));
        await script.LambdaAsync(EstateNames.East, "POST", $"{Functions}/edge-redirect:1/policy", new() { ["StatementId"] = "replicator", ["Action"] = "lambda:GetFunction", ["Principal"] = "replicator.lambda.amazonaws.com" });
    }

    private static async Task SourcesAsync(EstateScript script)
    {
        var prefix = $"arn:aws:sqs:{EstateNames.West}:{script.World.Account}:";
        await WestAsync(script, "POST", "/2015-03-31/event-source-mappings", new()
        {
            ["EventSourceArn"] = prefix + "survey-requests",
            ["FunctionName"] = "guest-survey",
            ["BatchSize"] = 5,
            ["FunctionResponseTypes"] = new JsonArray("ReportBatchItemFailures"),
            ["ScalingConfig"] = new JsonObject { ["MaximumConcurrency"] = 2 },
            ["Tags"] = new JsonObject { ["owner"] = "crew" },
        });
        await WestAsync(script, "POST", "/2015-03-31/event-source-mappings", new()
        {
            ["EventSourceArn"] = prefix + "bookings",
            ["FunctionName"] = "booking-webhook:live",
            ["Enabled"] = false,
            ["FilterCriteria"] = new JsonObject { ["Filters"] = new JsonArray(new JsonObject { ["Pattern"] = "{\"body\":{\"kind\":[\"charter\"]}}" }) },
        });
    }

    private static async Task SettingsAsync(EstateScript script)
    {
        await WestAsync(script, "PUT", "/2019-09-25/functions/photo-resizer/event-invoke-config", new()
        {
            ["MaximumRetryAttempts"] = 1,
            ["MaximumEventAgeInSeconds"] = 3600,
            ["DestinationConfig"] = new JsonObject { ["OnFailure"] = new JsonObject { ["Destination"] = $"arn:aws:sns:{EstateNames.West}:{script.World.Account}:alarms" } },
        });
        await WestAsync(script, "PUT", "/2021-07-20/functions/crew-roster/runtime-management-config", new() { ["UpdateRuntimeOn"] = "FunctionUpdate" });
        await WestAsync(script, "PUT", "/2024-08-31/functions/photo-resizer/recursion-config", new() { ["RecursiveLoop"] = "Allow" });
        await WestAsync(script, "POST", "/2021-10-31/functions/booking-webhook:live/url", new() { ["AuthType"] = "AWS_IAM" });
    }

    private static async Task SigningAsync(EstateScript script)
    {
        var config = await WestAsync(script, "POST", "/2020-04-22/code-signing-configs", new()
        {
            ["Description"] = "What takes money is signed",
            ["AllowedPublishers"] = new JsonObject { ["SigningProfileVersionArns"] = new JsonArray($"arn:aws:signer:{EstateNames.West}:{script.World.Account}:/signing-profiles/jada/1A2b3C4d5E") },
            ["CodeSigningPolicies"] = new JsonObject { ["UntrustedArtifactOnDeployment"] = "Warn" },
            ["Tags"] = new JsonObject { ["owner"] = "crew" },
        });
        await WestAsync(script, "PUT", "/2020-06-30/functions/stripe-webhook/code-signing-config", new() { ["CodeSigningConfigArn"] = config["CodeSigningConfig"]!["CodeSigningConfigArn"]!.DeepClone() });
    }

    private static Task<JsonObject> WestAsync(EstateScript script, string method, string path, JsonObject body, params KeyValuePair<string, string>[] query) =>
        script.LambdaAsync(EstateNames.West, method, path, body, query);
}
