using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using JadaSnapshot.Engine.Layers.DynamoDb;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Estate;
using JadaSnapshot.Sandbox.Estate.Tables;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

public sealed class TableCaptureTests
{
    private static readonly string[] Scaled = ["jada-events", "jada-weather-cache"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_document_of_every_table_is_what_the_service_sent()
    {
        await using var estate = await CapturedEstate.TakeAsync("dynamodb");
        Assert.Empty(estate.Problems);
        Assert.Equal(EstateCounts.Tables, estate.Snapshot.ResourceCount);
        foreach (var (name, region, folder) in Tables())
        {
            var dynamo = estate.Connection.Wire(DynamoDbService.Service, region);
            var arn = $"arn:aws:dynamodb:{region}:{estate.Snapshot.Account}:table/{name}";
            await VerbatimAsync("table.json", "DescribeTable");
            await VerbatimAsync("time-to-live.json", "DescribeTimeToLive");
            await VerbatimAsync("continuous-backups.json", "DescribeContinuousBackups");
            await VerbatimAsync("kinesis-destinations.json", "DescribeKinesisStreamingDestination");
            await estate.AssertVerbatimAsync(folder + "tags.json", dynamo, JsonRequest.Of("ListTagsOfResource", ("ResourceArn", arn)));
            if (estate.Has(folder + "resource-policy.json"))
                await estate.AssertVerbatimAsync(folder + "resource-policy.json", dynamo, JsonRequest.Of("GetResourcePolicy", ("ResourceArn", arn)));

            Task VerbatimAsync(string file, string operation) => estate.AssertVerbatimAsync(folder + file, dynamo, JsonRequest.Of(operation, ("TableName", name)));
        }
        Assert.Equal(["jada-tickets"], With(estate, "resource-policy.json"));
    }

    [Fact]
    public async Task What_scales_a_table_stands_in_its_folder_as_it_was_listed_and_the_list_is_asked_for_once_a_region()
    {
        await using var estate = await CapturedEstate.TakeAsync("dynamodb");

        Assert.Equal(Scaled, With(estate, "auto-scaling.json"));
        Assert.Equal(["jada-events"], With(estate, "contributor-insights.json"));
        foreach (var (operation, list) in new[] { ("DescribeScalableTargets", "ScalableTargets"), ("DescribeScalingPolicies", "ScalingPolicies"), ("DescribeScheduledActions", "ScheduledActions") })
        {
            Assert.Equal(2, estate.Host.Requests.Count("application-autoscaling", operation));
            var listed = (await estate.Connection.Wire(DynamoDbService.AutoScaling, EstateNames.West).SendAsync(JsonRequest.Of(operation, ("ServiceNamespace", "dynamodb")), Cancel)).Json().Items(list).Select(Raw);
            var kept = Scaled.SelectMany(table => JsonElement.Parse(estate.Read($"aws-configs/dynamodb/us-west-2/{table}/auto-scaling.json")).Items(list)).Select(Raw);
            Assert.Equal(listed, kept);
        }
    }

    [Fact]
    public async Task A_denied_listing_is_named_for_each_table_and_takes_nothing_else_along()
    {
        await using var estate = await CapturedEstate.TakeAsync("dynamodb", "service=application-autoscaling,kind=error,status=400,code=AccessDeniedException,message=no");

        Assert.Equal(EstateCounts.Tables, estate.Problems.Count);
        Assert.All(estate.Problems, problem => Assert.Equal("DescribeScalableTargets", problem.Operation));
        Assert.Equal(SnapshotStatus.Incomplete, estate.Snapshot.Status);
        Assert.Equal(EstateCounts.Tables, With(estate, "create-table.json").Count());
        Assert.Equal(["jada-events"], With(estate, "contributor-insights.json"));
    }

    [Fact]
    public async Task One_refused_document_is_the_only_one_that_is_missing()
    {
        await using var estate = await CapturedEstate.TakeAsync("dynamodb", "service=dynamodb,operation=DescribeTimeToLive,times=1,kind=error,status=400,code=AccessDeniedException,message=no");

        var problem = Assert.Single(estate.Problems);
        Assert.Equal(("DescribeTimeToLive", "AccessDeniedException"), (problem.Operation, problem.ErrorCode));
        Assert.Equal(EstateCounts.Tables - 1, With(estate, "time-to-live.json").Count());
        Assert.Equal(EstateCounts.Tables, With(estate, "continuous-backups.json").Count());
    }

    private static IEnumerable<(string Name, string Region, string Folder)> Tables() =>
        TableCatalogue.All.Select(table => (table.Name, table.Region, $"aws-configs/dynamodb/{table.Region}/{table.Name}/"));

    private static IEnumerable<string> With(CapturedEstate estate, string file) =>
        Tables().Where(table => estate.Has(table.Folder + file)).Select(table => table.Name).Order(StringComparer.Ordinal);

    private static string Raw(JsonElement element) => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element));
}
