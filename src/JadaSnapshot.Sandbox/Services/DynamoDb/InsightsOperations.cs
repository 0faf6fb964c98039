using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

/// <summary>Contributor insights of tables and indexes.</summary>
internal sealed class InsightsOperations(DynamoDbState state)
{
    private const int MostPerPage = 100;

    public void AddTo(OperationTable operations)
    {
        operations.Add("UpdateContributorInsights", Update);
        operations.Add("DescribeContributorInsights", call => DynamoDbState.Answer(Describe(state.Table(call), Index(call))));
        operations.Add("ListContributorInsights", List);
    }

    private SandboxResponse Update(Call call)
    {
        var (table, index) = (state.Table(call), Index(call));
        var action = call.Json.Need("ContributorInsightsAction");
        if (action == "ENABLE") table.Insights.Add(index);
        else if (action == "DISABLE") table.Insights.Remove(index);
        else throw DynamoDbState.Invalid(Constraint.NotInSet(action, "contributorInsightsAction", ["ENABLE", "DISABLE"]));
        var answer = Describe(table, index);
        answer["ContributorInsightsStatus"] = action == "ENABLE" ? "ENABLING" : "DISABLING";
        return DynamoDbState.Answer(answer);
    }

    private SandboxResponse List(Call call)
    {
        var size = call.Json.Number("MaxResults") ?? MostPerPage;
        if (size is < 1 or > MostPerPage) throw DynamoDbState.Invalid(Constraint.Failed($"{size}", "maxResults", $"Member must have value less than or equal to {MostPerPage}"));
        var tables = call.Json.Text("TableName") is null ? state.In(call.Region).Values : (IEnumerable<Table>)[state.Table(call)];
        var page = tables.SelectMany(table => table.Insights, (table, index) => (Table: table, Index: index))
            .After(Marker.Open(call.Json.Text("NextToken"), "ValidationException"), (int)size, each => $"{each.Table.Name} {each.Index}");
        return DynamoDbState.Answer(new JsonObject
        {
            ["ContributorInsightsSummaries"] = JsonAnswer.List(page.Items.Select(each => Describe(each.Table, each.Index))),
        }.With("NextToken", Marker.Seal(page.Marker)));
    }

    private static string Index(Call call) => call.Json.Text("IndexName") ?? "";

    private static JsonObject Describe(Table table, string index)
    {
        if (index.Length > 0 && !table.Description.Parts("GlobalSecondaryIndexes").Any(known => known.Text("IndexName") == index))
            throw new SandboxException(400, "ResourceNotFoundException", $"Requested resource not found: Index: {index} not found");
        return new JsonObject { ["TableName"] = table.Name }
            .With("IndexName", index.Length > 0 ? index : null)
            .With("ContributorInsightsStatus", table.Insights.Contains(index) ? "ENABLED" : "DISABLED");
    }
}
