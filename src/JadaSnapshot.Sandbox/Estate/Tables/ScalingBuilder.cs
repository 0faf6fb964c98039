using System.Text.Json.Nodes;

namespace JadaSnapshot.Sandbox.Estate.Tables;

/// <summary>Lets two tables and an index scale with their load, one of them by the hour.</summary>
internal static class ScalingBuilder
{
    private static readonly (string Resource, string Dimension, int Most)[] Targets =
    [
        ("table/jada-events", "dynamodb:table:ReadCapacityUnits", 50),
        ("table/jada-events", "dynamodb:table:WriteCapacityUnits", 20),
        ("table/jada-events/index/by-venue", "dynamodb:index:ReadCapacityUnits", 40),
        ("table/jada-weather-cache", "dynamodb:table:ReadCapacityUnits", 100),
    ];

    public static async Task BuildAsync(EstateScript script)
    {
        script.Clock.Set(300);
        foreach (var (resource, dimension, most) in Targets)
        {
            JsonObject Target() => new() { ["ServiceNamespace"] = "dynamodb", ["ResourceId"] = resource, ["ScalableDimension"] = dimension };
            var target = Target();
            target["MinCapacity"] = 5;
            target["MaxCapacity"] = most;
            await CallAsync(script, "RegisterScalableTarget", target);

            var policy = Target();
            policy["PolicyName"] = $"${dimension.Split(':')[^1]}-{resource.Split('/')[^1]}";
            policy["PolicyType"] = "TargetTrackingScaling";
            policy["TargetTrackingScalingPolicyConfiguration"] = new JsonObject
            {
                ["TargetValue"] = 70.0,
                ["PredefinedMetricSpecification"] = new JsonObject { ["PredefinedMetricType"] = dimension.EndsWith("ReadCapacityUnits", StringComparison.Ordinal) ? "DynamoDBReadCapacityUtilization" : "DynamoDBWriteCapacityUtilization" },
            };
            await CallAsync(script, "PutScalingPolicy", policy);
        }
        await CallAsync(script, "PutScheduledAction", new()
        {
            ["ServiceNamespace"] = "dynamodb",
            ["ResourceId"] = "table/jada-weather-cache",
            ["ScalableDimension"] = "dynamodb:table:ReadCapacityUnits",
            ["ScheduledActionName"] = "before-sunset",
            ["Schedule"] = "cron(0 1 * * ? *)",
            ["ScalableTargetAction"] = new JsonObject { ["MinCapacity"] = 20 },
        });
    }

    private static Task<JsonObject> CallAsync(EstateScript script, string operation, JsonObject body) =>
        script.RpcAsync("application-autoscaling", $"AnyScaleFrontendService.{operation}", EstateNames.West, body);
}
