using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

/// <summary>Point-in-time recovery.</summary>
internal sealed class BackupOperations(DynamoDbState state)
{
    private const string NotFound = "TableNotFoundException";

    public void AddTo(OperationTable operations)
    {
        operations.Add("DescribeContinuousBackups", call => Answer(state.Table(call, NotFound)));
        operations.Add("UpdateContinuousBackups", Update);
    }

    private SandboxResponse Update(Call call)
    {
        var table = state.Table(call, NotFound);
        var asked = call.Json.Part("PointInTimeRecoverySpecification") ?? throw JsonBody.MissingMember("pointInTimeRecoverySpecification");
        var enabled = asked.Flag("PointInTimeRecoveryEnabled") ?? throw JsonBody.MissingMember("pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled");
        table.RecoveryEnabled = enabled ? table.RecoveryEnabled ?? state.World.Now : null;
        table.PointInTimeRecovery = enabled ? asked.DeepClone().AsObject() : null;
        return Answer(table);
    }

    private SandboxResponse Answer(Table table)
    {
        var recovery = new JsonObject { ["PointInTimeRecoveryStatus"] = table.RecoveryEnabled is null ? "DISABLED" : "ENABLED" };
        if (table.RecoveryEnabled is { } since)
        {
            recovery["RecoveryPeriodInDays"] = table.PointInTimeRecovery?.Number("RecoveryPeriodInDays") ?? 35;
            recovery["EarliestRestorableDateTime"] = since.Epoch();
            recovery["LatestRestorableDateTime"] = state.World.Now.AddMinutes(-5).Epoch();
        }
        return DynamoDbState.Answer(new JsonObject
        {
            ["ContinuousBackupsDescription"] = new JsonObject { ["ContinuousBackupsStatus"] = "ENABLED", ["PointInTimeRecoveryDescription"] = recovery },
        });
    }
}
