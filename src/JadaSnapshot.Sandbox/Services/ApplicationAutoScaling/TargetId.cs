using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.DynamoDb;

namespace JadaSnapshot.Sandbox.Services.ApplicationAutoScaling;

/// <summary>What scales: a table (<c>table/NAME</c>) or an index (<c>table/NAME/index/INDEX</c>), by reads or by writes.</summary>
internal sealed record TargetId(string Resource, string Dimension)
{
    public const string Namespace = "dynamodb";

    private static readonly string[] Dimensions =
        ["dynamodb:table:ReadCapacityUnits", "dynamodb:table:WriteCapacityUnits", "dynamodb:index:ReadCapacityUnits", "dynamodb:index:WriteCapacityUnits"];

    public string Key => $"{Resource} {Dimension}";

    public static TargetId Of(Call call)
    {
        CheckNamespace(call.Json);
        var (resource, dimension) = (call.Json.Need("ResourceId"), call.Json.Need("ScalableDimension"));
        if (!Dimensions.Contains(dimension)) throw AutoScalingState.Invalid(Constraint.NotInSet(dimension, "scalableDimension", Dimensions));
        var ofIndex = dimension.Contains(":index:", StringComparison.Ordinal);
        if (resource.Split('/').Length != (ofIndex ? 4 : 2)) throw AutoScalingState.Invalid("Unsupported service namespace, resource type or scalable dimension");
        return new(resource, dimension);
    }

    public static void CheckNamespace(JsonObject asked)
    {
        if (asked.Need("ServiceNamespace") is not Namespace and var other)
            throw AutoScalingState.Invalid($"The sandbox scales {Namespace}, and no {other}.");
    }

    /// <exception cref="SandboxException">There is no such table or index.</exception>
    public void CheckExists(SandboxWorld world, string region)
    {
        var exists = Resource.Split('/') switch
        {
            ["table", var table] => world.Get<DynamoDbService>().HasTable(region, table),
            ["table", var table, "index", var index] => world.Get<DynamoDbService>().HasIndex(region, table, index),
            _ => false,
        };
        if (!exists) throw AutoScalingState.Invalid($"DynamoDB table does not exist: {Resource}");
    }

    public JsonObject Members() => new() { ["ServiceNamespace"] = Namespace, ["ResourceId"] = Resource, ["ScalableDimension"] = Dimension };
}
