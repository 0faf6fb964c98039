using System.Text.Json.Nodes;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using JadaSnapshot.Sandbox.Services.S3;
using Xunit;

namespace JadaSnapshot.Engine.Tests.SandboxServices;

public sealed class BatchOperationsTests
{
    private const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"batchoperations.s3.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
    private const string Copy = "<S3PutObjectCopy><TargetResource>arn:aws:s3:::copies</TargetResource></S3PutObjectCopy>";

    [Fact]
    public async Task A_copy_job_goes_through_its_statuses_and_shows_its_progress()
    {
        var world = await WorldAsync("jobs=10s", keys: 4);
        var id = await CreateAsync(world, Copy, await ManifestAsync(world, "source", "key 0", "key 1", "key 2", "key 3"));

        List<string> statuses = [];
        for (var second = 0; second <= 50; second += 5, world.Clock.Now += TimeSpan.FromSeconds(5))
        {
            var job = await DescribeAsync(world, id);
            statuses.Add($"{job.Element("Status")!.Value} {job.Descendants("NumberOfTasksSucceeded").FirstOrDefault()?.Value}".Trim());
        }

        Assert.Equal(["New", "New", "Preparing", "Preparing", "Ready 0", "Ready 0", "Active 0", "Active 2", "Completing 4", "Completing 4", "Complete 4"], statuses);
        Assert.Equal("10", (await DescribeAsync(world, id)).Descendants("ElapsedTimeInActiveSeconds").Single().Value);
        Assert.Equal("key 2", await TextAsync(world, "/copies/key%202"));
    }

    [Fact]
    public async Task A_copy_has_what_the_job_says_and_lies_in_the_folder_that_it_names()
    {
        var world = await WorldAsync();
        await PutAsync(world, "/source/a%2Bb", "text", new("Content-Type", "text/css"), new("x-amz-meta-who", "a"), new("x-amz-tagging", "t=1"));
        var operation = """
            <S3PutObjectCopy><TargetResource>arn:aws:s3:::copies</TargetResource><TargetKeyPrefix>folder</TargetKeyPrefix><StorageClass>STANDARD_IA</StorageClass><ChecksumAlgorithm>SHA256</ChecksumAlgorithm>
            <NewObjectTagging><member><Key>t</Key><Value>two words</Value></member></NewObjectTagging></S3PutObjectCopy>
            """;
        Assert.Equal("Complete", (await DescribeAsync(world, await CreateAsync(world, operation, await ManifestAsync(world, "source", "a+b")))).Element("Status")!.Value);

        var copy = await world.CallAsync("s3", "GET", "/copies/folder/a%2Bb", null, new KeyValuePair<string, string>("x-amz-checksum-mode", "ENABLED"));
        Assert.Equal(("text", "text/css", "a", "STANDARD_IA", "1"), (TestWorld.Text(copy), copy.ContentType, TestWorld.Header(copy, "x-amz-meta-who"), TestWorld.Header(copy, "x-amz-storage-class"), TestWorld.Header(copy, "x-amz-tagging-count")));
        Assert.NotNull(TestWorld.Header(copy, "x-amz-checksum-sha256"));
        Assert.Equal("two words", (await world.XmlAsync("s3", "GET", "/copies/folder/a%2Bb?tagging=")).Descendants("Value").Single().Value);
    }

    [Fact]
    public async Task A_version_is_copied_though_a_newer_one_hides_it()
    {
        var world = await WorldAsync();
        await world.CallAsync("s3", "PUT", "/source?versioning=", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
        var old = TestWorld.Header(await PutAsync(world, "/source/k", "old"), "x-amz-version-id");
        await PutAsync(world, "/source/k", "new");
        var etag = await PutManifestAsync(world, $"source,k,{old}\n");

        var job = await DescribeAsync(world, await CreateAsync(world, Copy, Manifest(etag, "Bucket", "Key", "VersionId")));

        Assert.Equal("1", job.Descendants("NumberOfTasksSucceeded").Single().Value);
        Assert.Equal("old", await TextAsync(world, "/copies/k"));
    }

    [Fact]
    public async Task The_report_names_every_task_and_what_failed()
    {
        var world = await WorldAsync(keys: 3);
        world.World.Faults.Add(Fault.Parse("service=s3control,operation=S3PutObjectCopy,kind=deny,match=/source/key 1"));
        var job = await DescribeAsync(world, await CreateAsync(world, Copy, await ManifestAsync(world, "source", "key 0", "key 1", "key 2", "gone")));

        Assert.Equal(("Complete", "4", "2", "2"), (job.Element("Status")!.Value, Number("TotalNumberOfTasks"), Number("NumberOfTasksSucceeded"), Number("NumberOfTasksFailed")));
        var report = JsonNode.Parse(await TextAsync(world, $"/reports/made/job-{job.Element("JobId")!.Value}/manifest.json"))!;
        Assert.Equal(["succeeded", "failed"], report["Results"]!.AsArray().Select(file => (string?)file!["TaskExecutionStatus"]));
        var lines = await Task.WhenAll(report["Results"]!.AsArray().Select(file => TextAsync(world, $"/reports/{file!["Key"]}")));
        Assert.Equal("source,key%200,,succeeded,200,,Successful\nsource,key%202,,succeeded,200,,Successful\n", lines[0]);
        Assert.Equal("source,key%201,,failed,403,AccessDenied,Access Denied\nsource,gone,,failed,404,NoSuchKey,The specified key does not exist.\n", lines[1]);

        string Number(string name) => job.Descendants(name).Single().Value;
    }

    [Theory]
    [InlineData("etag", "PreconditionFailed")]
    [InlineData("manifest", "NoSuchKey")]
    [InlineData("role", "AccessDenied")]
    [InlineData("report", "NoSuchBucket")]
    [InlineData("lines", "InvalidManifestContent")]
    [InlineData("fault", "Broken")]
    public async Task A_job_fails_that_cannot_be_prepared(string what, string code)
    {
        var world = await WorldAsync(keys: 1);
        var manifest = await ManifestAsync(world, "source", "key 0");
        if (what == "etag") manifest = Manifest("0", "Bucket", "Key");
        if (what == "lines") manifest = Manifest(await PutManifestAsync(world, "source\n"), "Bucket", "Key");
        if (what == "manifest") await world.CallAsync("s3", "DELETE", "/manifests/list.csv");
        if (what == "role") await world.IamAsync("UpdateAssumeRolePolicy", ("RoleName", "batch"), ("PolicyDocument", TestWorld.Trust));
        if (what == "report") await world.CallAsync("s3", "DELETE", "/reports");
        if (what == "fault") world.World.Faults.Add(Fault.Parse("service=s3control,operation=RunJob,kind=error,code=Broken"));

        var job = await DescribeAsync(world, await CreateAsync(world, Copy, manifest));

        Assert.Equal(("Failed", code), (job.Element("Status")!.Value, job.Descendants("FailureCode").Single().Value));
    }

    [Fact]
    public async Task A_job_fails_when_more_than_half_of_a_thousand_tasks_did()
    {
        var world = await WorldAsync();
        world.World.Get<S3Service>().Add(new SyntheticBucket { Name = "many", Count = 490, Size = 1 });
        var keys = Enumerable.Range(0, 1_200).Select(number => $"data/{number:D9}.bin");

        var job = await DescribeAsync(world, await CreateAsync(world, Copy, await ManifestAsync(world, "many", [.. keys])));

        Assert.Equal(("Failed", "490", "510"), (job.Element("Status")!.Value, job.Descendants("NumberOfTasksSucceeded").Single().Value, job.Descendants("NumberOfTasksFailed").Single().Value));
        Assert.Contains($"/job-{job.Element("JobId")!.Value}/", await TextAsync(world, "/reports?list-type=2"));
    }

    [Fact]
    public async Task A_job_waits_for_its_confirmation_and_is_cancelled_with_a_report_of_what_was_done()
    {
        var world = await WorldAsync("jobs=10s", keys: 4);
        var id = await CreateAsync(world, Copy, await ManifestAsync(world, "source", "key 0", "key 1", "key 2", "key 3"), more: "<ConfirmationRequired>true</ConfirmationRequired>");
        await TestWorld.RefusalAsync(() => AskAsync(world, "POST", $"/{id}/status?requestedJobStatus=Ready"), "JobStatusException");
        world.Clock.Now += TimeSpan.FromSeconds(60);
        Assert.Equal("Suspended", (await DescribeAsync(world, id)).Element("Status")!.Value);
        await AskAsync(world, "POST", $"/{id}/status?requestedJobStatus=Ready");
        world.Clock.Now += TimeSpan.FromSeconds(15);
        await AskAsync(world, "POST", $"/{id}/status?requestedJobStatus=Cancelled&statusUpdateReason=enough");
        Assert.Equal("Cancelling", (await DescribeAsync(world, id)).Element("Status")!.Value);
        world.Clock.Now += TimeSpan.FromSeconds(10);

        var job = await DescribeAsync(world, id);
        Assert.Equal(("Cancelled", "enough", "2"), (job.Element("Status")!.Value, job.Element("StatusUpdateReason")!.Value, job.Descendants("NumberOfTasksSucceeded").Single().Value));
        Assert.Contains("manifest.json", await TextAsync(world, "/reports?list-type=2"));
        await TestWorld.RefusalAsync(() => AskAsync(world, "POST", $"/{id}/status?requestedJobStatus=Cancelled"), "JobStatusException");
    }

    [Fact]
    public async Task S3_makes_the_manifest_from_a_filter_and_the_next_job_takes_it()
    {
        var world = await WorldAsync(keys: 12);
        await PutAsync(world, "/source/key%20large", new string('x', 50));
        const string Generator = """
            <ManifestGenerator><S3JobManifestGenerator><SourceBucket>arn:aws:s3:::source</SourceBucket><EnableManifestOutput>true</EnableManifestOutput>
            <ManifestOutputLocation><Bucket>arn:aws:s3:::manifests</Bucket><ManifestPrefix>made</ManifestPrefix><ManifestFormat>S3InventoryReport_CSV_20211130</ManifestFormat></ManifestOutputLocation>
            <Filter><KeyNameConstraint><MatchAnyPrefix><member>key 1</member><member>key l</member></MatchAnyPrefix></KeyNameConstraint><ObjectSizeLessThanBytes>50</ObjectSizeLessThanBytes></Filter>
            </S3JobManifestGenerator></ManifestGenerator>
            """;
        var job = await DescribeAsync(world, await CreateAsync(world, Copy, Generator));
        Assert.Equal(("Complete", "3"), (job.Element("Status")!.Value, job.Descendants("NumberOfTasksSucceeded").Single().Value));
        Assert.Equal("key 11", await TextAsync(world, "/copies/key%2011"));

        var location = job.Element("GeneratedManifestDescriptor")!.Element("Location")!;
        const string Tag = "<S3PutObjectTagging><TagSet><member><Key>seen</Key><Value>yes</Value></member></TagSet></S3PutObjectTagging>";
        job = await DescribeAsync(world, await CreateAsync(world, Tag, $"<Manifest><Spec><Format>S3InventoryReport_CSV_20161130</Format></Spec>{location}</Manifest>"));
        Assert.Equal(("Complete", "3"), (job.Element("Status")!.Value, job.Descendants("NumberOfTasksSucceeded").Single().Value));
        Assert.Equal("yes", (await world.XmlAsync("s3", "GET", "/source/key%2010?tagging=")).Descendants("Value").Single().Value);
    }

    [Fact]
    public async Task A_token_makes_one_job_and_other_accounts_and_unsupported_operations_are_refused()
    {
        var world = await WorldAsync(keys: 1);
        var manifest = await ManifestAsync(world, "source", "key 0");
        var id = await CreateAsync(world, Copy, manifest, "same");
        Assert.Equal(id, await CreateAsync(world, Copy, manifest, "same"));
        await TestWorld.RefusalAsync(() => CreateAsync(world, Copy, manifest, "same", "<Description>other</Description>"), "IdempotencyException");
        var refusal = await TestWorld.RefusalAsync(() => CreateAsync(world, "<S3ReplicateObject/>", manifest), "BadRequestException");
        Assert.Contains("S3ReplicateObject", refusal.Message);
        await TestWorld.RefusalAsync(() => world.CallAsync("s3control", "GET", "/v20180820/jobs", null, new KeyValuePair<string, string>("x-amz-account-id", "111122223333")), "AccessDenied");
        await TestWorld.RefusalAsync(() => AskAsync(world, "GET", "/nothing"), "NoSuchJobException");
    }

    [Fact]
    public async Task Jobs_are_listed_page_by_page_and_by_status()
    {
        var world = await WorldAsync(keys: 1);
        var manifest = await ManifestAsync(world, "source", "key 0");
        List<string> made = [];
        for (var i = 0; i < 11; i++) made.Add(await CreateAsync(world, Copy, manifest));
        made.Add(await CreateAsync(world, Copy, Manifest("0", "Bucket", "Key")));

        var first = await AskAsync(world, "GET", "?maxResults=1000");
        var second = await AskAsync(world, "GET", "?nextToken=" + Uri.EscapeDataString(first.Element("NextToken")!.Value));
        Assert.Equal(made, [.. first.Descendants("JobId").Concat(second.Descendants("JobId")).Select(id => id.Value)]);
        Assert.Equal(made[^1], (await AskAsync(world, "GET", "?jobStatuses=Failed&jobStatuses=Cancelled")).Descendants("JobId").Single().Value);
    }

    private static async Task<TestWorld> WorldAsync(string settling = "", int keys = 0)
    {
        var world = new TestWorld(settling: settling);
        await world.IamAsync("CreateRole", ("RoleName", "batch"), ("AssumeRolePolicyDocument", Trust));
        foreach (var bucket in new[] { "source", "copies", "manifests", "reports" }) await world.CallAsync("s3", "PUT", "/" + bucket);
        for (var i = 0; i < keys; i++) await PutAsync(world, $"/source/key%20{i}", $"key {i}");
        return world;
    }

    private static async Task<string> CreateAsync(TestWorld world, string operation, string manifest, string? token = null, string more = "")
    {
        var body = $"""
            <CreateJobRequest xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/"><Operation>{operation}</Operation>{manifest}{more}<Priority>1</Priority>
            <Report><Bucket>arn:aws:s3:::reports</Bucket><Prefix>made</Prefix><Format>Report_CSV_20180820</Format><Enabled>true</Enabled><ReportScope>AllTasks</ReportScope></Report>
            <RoleArn>arn:aws:iam::{world.World.Account}:role/batch</RoleArn><ClientRequestToken>{token ?? Guid.NewGuid().ToString()}</ClientRequestToken></CreateJobRequest>
            """;
        return (await AskAsync(world, "POST", "", body)).Element("JobId")!.Value;
    }

    private static async Task<XElement> DescribeAsync(TestWorld world, string id) => (await AskAsync(world, "GET", "/" + id)).Element("Job")!;

    private static Task<XElement> AskAsync(TestWorld world, string method, string rest, string? body = null) =>
        world.XmlAsync("s3control", method, "/v20180820/jobs" + rest, body, new KeyValuePair<string, string>("x-amz-account-id", world.World.Account));

    private static async Task<string> ManifestAsync(TestWorld world, string bucket, params string[] keys) =>
        Manifest(await PutManifestAsync(world, string.Concat(keys.Select(key => $"{bucket},{Uri.EscapeDataString(key)}\n"))), "Bucket", "Key");

    private static string Manifest(string etag, params string[] fields) => $"""
        <Manifest><Spec><Format>S3BatchOperations_CSV_20180820</Format><Fields>{string.Concat(fields.Select(field => $"<member>{field}</member>"))}</Fields></Spec>
        <Location><ObjectArn>arn:aws:s3:::manifests/list.csv</ObjectArn><ETag>{etag}</ETag></Location></Manifest>
        """;

    private static async Task<string> PutManifestAsync(TestWorld world, string csv) => TestWorld.Header(await PutAsync(world, "/manifests/list.csv", csv), "ETag")!;

    private static Task<SandboxResponse> PutAsync(TestWorld world, string path, string text, params KeyValuePair<string, string>[] headers) => world.CallAsync("s3", "PUT", path, text, headers);

    private static async Task<string> TextAsync(TestWorld world, string target) => TestWorld.Text(await world.CallAsync("s3", "GET", target));
}
