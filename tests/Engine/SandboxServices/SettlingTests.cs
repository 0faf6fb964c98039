using Xunit;

namespace JadaSnapshot.Engine.Tests.SandboxServices;

public sealed class SettlingTests
{
    private const string Functions = "/2015-03-31/functions/";

    private const string Table = """{"TableName":"orders","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}]}""";

    private const string Distribution = """
        <DistributionConfig><CallerReference>r</CallerReference><Origins><Quantity>1</Quantity><Items><Origin><Id>o</Id><DomainName>www.example.com</DomainName><OriginAccessControlId>{0}</OriginAccessControlId>
        <CustomOriginConfig><HTTPPort>80</HTTPPort><HTTPSPort>443</HTTPSPort><OriginProtocolPolicy>https-only</OriginProtocolPolicy></CustomOriginConfig></Origin></Items></Origins>
        <DefaultCacheBehavior><TargetOriginId>o</TargetOriginId><ViewerProtocolPolicy>https-only</ViewerProtocolPolicy><CachePolicyId>658327ea-f89d-4fab-a63d-7e88639e58f6</CachePolicyId></DefaultCacheBehavior>
        <Comment/><Enabled>false</Enabled></DistributionConfig>
        """;

    [Fact]
    public async Task Lambda_cannot_assume_a_role_that_has_just_been_made()
    {
        var world = new TestWorld(settling: "roles=5s");
        await world.CreateRoleAsync();
        var refusal = await TestWorld.RefusalAsync(() => world.CreateFunctionAsync("f"), "InvalidParameterValueException");
        Assert.Equal("The role defined for the function cannot be assumed by Lambda.", refusal.Message);

        Pass(world, 5);
        await world.CreateFunctionAsync("f");
    }

    [Fact]
    public async Task A_function_takes_no_change_while_it_is_made_or_changed()
    {
        var world = new TestWorld(settling: "functions=2s");
        await world.CreateRoleAsync();
        Assert.Equal("Pending", (await world.CreateFunctionAsync("f"))["State"]!.ToString());
        await TestWorld.RefusalAsync(() => ConfigureAsync(world), "ResourceConflictException");

        Pass(world, 2);
        Assert.Equal("Active", (await world.LambdaAsync("GET", Functions + "f/configuration"))["State"]!.ToString());
        Assert.Equal("InProgress", (await ConfigureAsync(world))["LastUpdateStatus"]!.ToString());
        await TestWorld.RefusalAsync(() => world.LambdaAsync("POST", Functions + "f/versions", "{}"), "ResourceConflictException");

        Pass(world, 2);
        Assert.Equal("Successful", (await world.LambdaAsync("GET", Functions + "f/configuration"))["LastUpdateStatus"]!.ToString());
        await world.LambdaAsync("POST", Functions + "f/versions", "{}");
    }

    [Fact]
    public async Task A_table_gets_one_index_at_a_time()
    {
        var world = new TestWorld(settling: "tables=2s");
        await world.DynamoAsync("CreateTable", Table);
        await TestWorld.RefusalAsync(() => world.DynamoAsync("UpdateTable", AddIndexes("a")), "ResourceInUseException");
        Pass(world, 2);
        await TestWorld.RefusalAsync(() => world.DynamoAsync("UpdateTable", AddIndexes("a", "b")), "LimitExceededException");

        await world.DynamoAsync("UpdateTable", AddIndexes("a"));
        Assert.Equal(("UPDATING", "CREATING"), await StatusAsync(world));
        await TestWorld.RefusalAsync(() => world.DynamoAsync("UpdateTable", AddIndexes("b")), "ResourceInUseException");
        Pass(world, 2);
        Assert.Equal(("ACTIVE", "ACTIVE"), await StatusAsync(world));
        await world.DynamoAsync("UpdateTable", AddIndexes("b"));
    }

    [Fact]
    public async Task The_name_of_a_deleted_bucket_is_not_free_at_once()
    {
        var world = new TestWorld(settling: "buckets=10s");
        await world.CallAsync("s3", "PUT", "/again");
        await world.CallAsync("s3", "DELETE", "/again");
        await TestWorld.RefusalAsync(() => world.CallAsync("s3", "PUT", "/again"), "OperationAborted");

        Pass(world, 10);
        await world.CallAsync("s3", "PUT", "/again");
    }

    [Fact]
    public async Task A_distribution_is_deleted_when_it_is_deployed_and_its_ETag_moves_with_what_it_names()
    {
        var world = new TestWorld(settling: "distributions=60s");
        var control = await world.CallAsync("cloudfront", "POST", "/2020-05-31/origin-access-control", Control("one"));
        var controlId = System.Xml.Linq.XElement.Parse(TestWorld.Text(control)).Elements().First().Value;
        var made = await world.XmlAsync("cloudfront", "POST", "/2020-05-31/distribution", Distribution.Replace("{0}", controlId, StringComparison.Ordinal));
        Assert.Equal("InProgress", made.Element("Status")!.Value);
        var path = "/2020-05-31/distribution/" + made.Element("Id")!.Value;
        var first = await TagAsync(world, path);
        await TestWorld.RefusalAsync(() => world.CallAsync("cloudfront", "DELETE", path, null, KeyValuePair.Create("If-Match", first)), "DistributionNotDisabled");

        Pass(world, 60);
        await world.CallAsync("cloudfront", "PUT", $"/2020-05-31/origin-access-control/{controlId}/config", Control("two"), KeyValuePair.Create("If-Match", TestWorld.Header(control, "ETag")!));
        await TestWorld.RefusalAsync(() => world.CallAsync("cloudfront", "DELETE", path, null, KeyValuePair.Create("If-Match", first)), "PreconditionFailed");
        Pass(world, 60);
        await world.CallAsync("cloudfront", "DELETE", path, null, KeyValuePair.Create("If-Match", await TagAsync(world, path)));
    }

    [Fact]
    public async Task A_certificate_has_no_validation_record_at_first()
    {
        var world = new TestWorld(settling: "certificates=3s");
        var arn = (await world.RpcAsync("acm", "CertificateManager.RequestCertificate", """{"DomainName":"boat.example","ValidationMethod":"DNS"}"""))["CertificateArn"]!.ToString();
        Assert.Null(await RecordAsync(world, arn));

        Pass(world, 3);
        Assert.NotNull(await RecordAsync(world, arn));
    }

    [Fact]
    public async Task What_is_not_asked_to_take_its_time_takes_none()
    {
        var world = new TestWorld(settling: "roles=5s");
        await world.DynamoAsync("CreateTable", Table);
        await world.DynamoAsync("UpdateTable", AddIndexes("a"));
        await world.DynamoAsync("UpdateTable", AddIndexes("b"));
    }

    private static void Pass(TestWorld world, int seconds) => world.Clock.Now += TimeSpan.FromSeconds(seconds);

    private static Task<System.Text.Json.Nodes.JsonObject> ConfigureAsync(TestWorld world) => world.LambdaAsync("PUT", Functions + "f/configuration", """{"Timeout":10}""");

    private static string AddIndexes(params string[] names) =>
        $$"""{"TableName":"orders","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],"GlobalSecondaryIndexUpdates":[{{string.Join(',', names.Select(AddIndex))}}]}""";

    private static string AddIndex(string name) =>
        """{"Create":{"IndexName":"idx-NAME","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}}}""".Replace("NAME", name, StringComparison.Ordinal);

    private static async Task<(string Table, string Index)> StatusAsync(TestWorld world)
    {
        var table = (await world.DynamoAsync("DescribeTable", """{"TableName":"orders"}"""))["Table"]!;
        return (table["TableStatus"]!.ToString(), table["GlobalSecondaryIndexes"]![0]!["IndexStatus"]!.ToString());
    }

    private static string Control(string description) =>
        $"<OriginAccessControlConfig><Name>control</Name><Description>{description}</Description><SigningProtocol>sigv4</SigningProtocol><SigningBehavior>always</SigningBehavior><OriginAccessControlOriginType>s3</OriginAccessControlOriginType></OriginAccessControlConfig>";

    private static async Task<string> TagAsync(TestWorld world, string path) => TestWorld.Header(await world.CallAsync("cloudfront", "GET", path), "ETag")!;

    private static async Task<string?> RecordAsync(TestWorld world, string arn) =>
        (await world.RpcAsync("acm", "CertificateManager.DescribeCertificate", $$"""{"CertificateArn":"{{arn}}"}"""))["Certificate"]!["DomainValidationOptions"]![0]!["ResourceRecord"]?.ToString();
}
