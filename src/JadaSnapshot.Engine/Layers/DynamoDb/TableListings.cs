using System.Collections.Concurrent;
using System.Text.Json;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>A listing that speaks of all tables of a region.</summary>
/// <param name="Service">Who lists.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Asked">What it is asked, beside the page.</param>
/// <param name="List">The member that holds the items.</param>
/// <param name="TableOf">The name of the table that an item speaks of.</param>
internal sealed record TableListing(AwsService Service, string Operation, IReadOnlyList<(string, string?)> Asked, string List, Func<JsonElement, string?> TableOf)
{
    public static IReadOnlyList<TableListing> AutoScaling { get; } =
    [
        Scaling("DescribeScalableTargets", "ScalableTargets"),
        Scaling("DescribeScalingPolicies", "ScalingPolicies"),
        Scaling("DescribeScheduledActions", "ScheduledActions"),
    ];

    public static TableListing ContributorInsights { get; } =
        new(DynamoDbService.Service, "ListContributorInsights", [], "ContributorInsightsSummaries", item => item.Text("TableName") is { } name ? name[(name.LastIndexOf('/') + 1)..] : null);

    // Resources are called table/NAME and table/NAME/index/INDEX.
    private static TableListing Scaling(string operation, string list) =>
        new(DynamoDbService.AutoScaling, operation, [("ServiceNamespace", "dynamodb")], list, item => item.Text("ResourceId")?.Split('/') is ["table", var name, ..] ? name : null);
}

/// <summary>Asks each listing once for a region, however many tables want to know.</summary>
internal sealed class TableListings(AwsConnection connection)
{
    private readonly ConcurrentDictionary<(string Region, string Operation), Lazy<Task<ILookup<string?, JsonElement>>>> _asked = new();

    /// <summary>What a listing says of one table.</summary>
    /// <exception cref="ServiceException">The service refuses the listing.</exception>
    public async Task<IReadOnlyList<JsonElement>> OfAsync(TableListing listing, string region, string table, CancellationToken cancel)
    {
        var asked = _asked.GetOrAdd((region, listing.Operation), _ => new(() => ListAsync(listing, region, cancel)));
        return [.. (await asked.Value)[table]];
    }

    private async Task<ILookup<string?, JsonElement>> ListAsync(TableListing listing, string region, CancellationToken cancel)
    {
        List<JsonElement> items = [];
        var pages = connection.Wire(listing.Service, region).PagesAsync(
            next => JsonRequest.Of(listing.Operation, [.. listing.Asked, ("NextToken", next)]), page => page.Json().Text("NextToken"), cancel);
        await foreach (var page in pages) items.AddRange(page.Json().Items(listing.List));
        return items.ToLookup(listing.TableOf, StringComparer.Ordinal);
    }
}
