using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Sync;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;
using static JadaSnapshot.Engine.Tests.Batch.BatchTest;

namespace JadaSnapshot.Engine.Tests.Batch;

public sealed class BatchCopyTests
{
    private const int FiveMegabytes = 5 << 20;

    private static readonly string[] Odd = ["a b+c&d=é?,\"'", "dir/x", "../x", "%41", "\u0001", "a\nb", "日本"];

    [Fact]
    public async Task One_job_copies_a_bucket_of_odd_keys_with_headers_metadata_and_tags_and_then_there_is_nothing_to_do()
    {
        await using var test = await StartAsync();
        for (var i = 0; i < 493; i++) await test.PutAsync("source", $"data/{i:D3}", $"{i}");
        foreach (var key in Odd) await test.PutAsync("source", key, "content of " + key, new("content-type", "text/html"), new("cache-control", "no-store"), new("x-amz-meta-who", "me"), new("x-amz-tagging", "a=1&b=two"));
        await test.PutAsync("copies", "data/007", "8");

        var result = await test.CopyAsync(OrderFor(test));
        Assert.Empty(test.Problems);
        Assert.Equal((500, 500, 0, true, CopyEngine.S3Batch), (result.ObjectCount, result.CopiedCount, result.UnverifiedCount, result.IsComplete, result.Engine));
        Assert.Equal((1, 0, 0), (test.JobCalls("CreateJob"), test.Calls("CopyObject"), test.Calls("GetObject")));
        Assert.Contains("Copy data/007 ContentChanged", test.Done);
        Assert.Contains("Copy data/008 New", test.Done);
        Assert.Empty(await DifferencesAsync(test));
        Assert.Equal(result.JobId, Assert.Single(await Jobs(test).ListAsync(["Complete"], SyncTest.Cancel).ToListAsync(SyncTest.Cancel)).Id);

        Assert.Equal((0, null), (await test.CopyAsync(OrderFor(test) with { WithMetadata = true })) is var again ? (again.CopiedCount, again.JobId) : default);
        Assert.Equal(0, test.JobCalls("CreateJob"));
    }

    [Fact]
    public async Task What_fails_is_named_key_by_key_and_the_next_run_makes_a_job_for_that_alone()
    {
        await using var test = await StartAsync();
        for (var i = 0; i < 200; i++) await test.PutAsync("source", $"data/{i:D3}{(i % 50 == 0 ? "+bad é" : "")}", $"{i}");
        test.Host.Faults.Add(Fault.Parse("service=s3control,operation=S3PutObjectCopy,match=bad,kind=deny"));

        var result = await test.CopyAsync(OrderFor(test));
        Assert.Equal((196, 4, false), (result.CopiedCount, result.ProblemCount, result.IsComplete));
        Assert.Equal(["source/data/000+bad é", "source/data/050+bad é", "source/data/100+bad é", "source/data/150+bad é"], test.Problems.Select(problem => problem.Resource));
        Assert.All(test.Problems, problem => Assert.Equal(("AccessDenied", "S3PutObjectCopy"), (problem.ErrorCode, problem.Operation)));

        test.Host.Faults.Clear();
        Assert.Equal((4, 196, true), (await test.CopyAsync(OrderFor(test))) is var again ? (again.CopiedCount, again.UnchangedCount, again.IsComplete) : default);
        var manifests = (await test.KeysAsync("reports")).Where(key => key.Contains("/manifests/", StringComparison.Ordinal));
        Assert.Equal([4, 200], (await Task.WhenAll(manifests.Select(key => test.GetAsync("reports", key)))).Select(manifest => manifest.Content.Count(letter => letter == '\n')).Order());
        Assert.Empty(await DifferencesAsync(test));
    }

    [Fact]
    public async Task A_job_that_S3_gives_up_is_one_problem_with_S3s_reason()
    {
        await using var test = await StartAsync(trust: """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""");
        foreach (var key in (string[])["a", "b", "c"]) await test.PutAsync("source", key, "12345");
        await test.PutAsync("copies", "b", "other");

        var result = await test.CopyAsync(OrderFor(test));
        Assert.Equal((0, false), (result.CopiedCount, result.IsComplete));
        var problem = Assert.Single(test.Problems);
        Assert.Equal("AccessDenied", problem.ErrorCode);
        Assert.Contains("cannot assume the role", problem.Message, StringComparison.Ordinal);
        Assert.Contains("3 objects", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_half_failing_ends_the_job_and_what_came_through_is_counted()
    {
        await using var test = await StartAsync();
        for (var i = 0; i < 1100; i++) await test.PutAsync("source", $"{(i < 450 ? "ok" : "zz")}{i:D4}", "x");
        test.Host.Faults.Add(Fault.Parse("service=s3control,operation=S3PutObjectCopy,match=/zz,kind=throttle"));

        var result = await test.CopyAsync(OrderFor(test));
        Assert.Equal((450, 551), (result.CopiedCount, result.ProblemCount));
        Assert.Equal("JobFailureThresholdExceeded", test.Problems.Last().ErrorCode);
        Assert.Equal(550, test.Problems.Count(problem => problem.ErrorCode == "SlowDown"));
    }

    [Fact]
    public async Task Whoever_stops_watching_cancels_the_job_at_once()
    {
        using var stop = new CancellationTokenSource();
        await using var test = await StartAsync((_, request, _) => { if (request.Operation == "DescribeJob") stop.CancelAfter(50); }, "jobs=3600s");
        await test.PutAsync("source", "a", "1");
        var clock = System.Diagnostics.Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.CopyAsync(OrderFor(test), cancel: stop.Token));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(3), $"It took {clock.Elapsed}.");
        Assert.Equal(1, test.JobCalls("UpdateJobStatus"));
        Assert.Single(await Jobs(test).ListAsync(["Cancelling", "Cancelled"], SyncTest.Cancel).ToListAsync(SyncTest.Cancel));
    }

    [Fact]
    public async Task A_job_whose_command_was_killed_is_found_again_and_no_second_one_is_made()
    {
        var victim = new Victim();
        await using var test = await StartAsync((_, request, _) => { if (request.Operation == "DescribeJob") victim.OnAnswer(); }, "jobs=700ms");
        for (var i = 0; i < 20; i++) await test.PutAsync("source", $"{i}", "x");
        Assert.True(await victim.KillAtAsync(1, () => Victim.Start(test.Host, "batch", "source", "copies", RoleOf(test), $"{Reports}"), SyncTest.Cancel));
        var left = Assert.Single(await Jobs(test).ListAsync(["New", "Preparing", "Ready", "Active"], SyncTest.Cancel).ToListAsync(SyncTest.Cancel));

        var result = await test.CopyAsync(OrderFor(test) with { Batch = OrderFor(test).Batch! with { Priority = 99 } });
        Assert.Equal((left.Id, 0, 20, true), (result.JobId, result.CopiedCount, result.UnchangedCount, result.IsComplete));
        Assert.Equal((0, 99), (test.JobCalls("CreateJob"), (await Jobs(test).DescribeAsync(left.Id, SyncTest.Cancel)).Priority));
    }

    [Fact]
    public async Task Jobs_are_found_beyond_the_first_page()
    {
        await using var test = await StartAsync(settling: "jobs=3600s");
        List<string> made = [];
        for (var i = 0; i < 11; i++) made.Add(await Jobs(test).CreateAsync(new(new("other"), Destination, OrderFor(test).Batch!, new("reports", "none"), "0"), SyncTest.Cancel));
        Assert.Equal(made, await Jobs(test).ListAsync(["New"], SyncTest.Cancel).Select(job => job.Id).ToListAsync(SyncTest.Cancel));
        Assert.Equal(2, test.JobCalls("ListJobs"));
    }

    [Fact]
    public async Task What_a_job_cannot_copy_as_it_is_is_copied_beside_it()
    {
        await using var test = await StartAsync();
        await test.PutAsync("source", "film", new string('f', FiveMegabytes * 2), new("content-type", "video/mp4"), new("x-amz-tagging", "a=1"));
        await test.PutAsync("source", "moved", "", new KeyValuePair<string, string>("x-amz-website-redirect-location", "/new"));
        await test.PutAsync("source", "page", "small");

        var result = await test.CopyAsync(OrderFor(test), new PartRule { From = FiveMegabytes, Size = FiveMegabytes, MostHelpers = 2 });
        Assert.Equal((3, 0, 2, 1), (result.CopiedCount, result.ProblemCount, test.Calls("UploadPartCopy"), test.Calls("CopyObject")));
        Assert.Equal("/new", (await test.GetAsync("copies", "moved")).Answer.Headers.Single(header => header.Key == "x-amz-website-redirect-location").Value);
        var manifest = Assert.Single(await test.KeysAsync("reports"), key => key.EndsWith(".csv", StringComparison.Ordinal));
        Assert.Equal("source,page\n", (await test.GetAsync("reports", manifest)).Content);
        Assert.Empty(await DifferencesAsync(test));
    }

    [Fact]
    public async Task A_copy_that_is_not_there_is_not_believed()
    {
        SyncTest? here = null;
        await using var test = await StartAsync((_, request, answer) =>
        {
            // The job is over, and somebody deletes one copy and writes another over.
            if (request.Operation != "DescribeJob" || here is not { } found) return;
            here = null;
            found.DeleteAsync("copies", "a").Wait();
            found.PutAsync("copies", "b", "54321").Wait();
        });
        here = test;
        foreach (var key in (string[])["a", "b", "c"]) await test.PutAsync("source", key, "12345");

        var result = await test.CopyAsync(OrderFor(test));
        Assert.Equal((1, 2, false), (result.CopiedCount, result.ProblemCount, result.IsComplete));
        Assert.Equal(["source/a InvalidDataException", "source/b WrongChecksum"], test.Problems.Select(problem => $"{problem.Resource} {problem.ErrorCode}").Order());
    }

    [Fact]
    public async Task A_source_that_changed_while_the_job_ran_counts_as_it_is_now()
    {
        SyncTest? here = null;
        await using var test = await StartAsync((_, request, _) =>
        {
            if (request.Operation != "CreateJob" || here is not { } found) return;
            here = null;
            found.PutAsync("source", "a", "as it is now").Wait();
        });
        here = test;
        await test.PutAsync("source", "a", "listed");
        await test.PutAsync("source", "sealed", "12345", new KeyValuePair<string, string>("x-amz-server-side-encryption", "aws:kms"));

        var result = await test.CopyAsync(OrderFor(test));
        Assert.Equal((2, 17, 0, 0), (result.CopiedCount, result.CopiedBytes, result.UnverifiedCount, result.ProblemCount));
    }

    [Fact]
    public async Task A_plan_makes_no_job_and_says_the_same()
    {
        await using var test = await StartAsync();
        foreach (var key in (string[])["a", "b"]) await test.PutAsync("source", key, "x");
        await test.PutAsync("copies", "gone", "x");
        var order = OrderFor(test) with { Delete = true };

        await test.CopyAsync(order with { PlanOnly = true });
        var plan = test.Done;
        Assert.DoesNotContain(test.Host.Requests.Entries, request => request.Method is not ("GET" or "HEAD"));
        var result = await test.CopyAsync(order);
        Assert.Equal(plan, test.Done);
        Assert.Equal(1, result.DeletedCount);
        Assert.Equal(["a", "b"], await test.KeysAsync("copies"));
    }

    [Fact]
    public async Task Below_a_prefix_the_copies_keep_their_whole_keys()
    {
        await using var test = await StartAsync();
        foreach (var key in (string[])["logs/a", "logs/b", "other"]) await test.PutAsync("source", key, key);
        var order = OrderFor(test) with { Source = new("source", "logs/"), Destination = new("copies", "kept/source/logs/") };

        Assert.Equal(2, (await test.CopyAsync(order)).CopiedCount);
        Assert.Equal(["kept/source/logs/a", "kept/source/logs/b"], await test.KeysAsync("copies"));
        Assert.Equal("logs/b", (await test.GetAsync("copies", "kept/source/logs/b")).Content);
    }

    [Theory]
    [InlineData("source", "logs/", "copies", "elsewhere/", "reports", Role, "cuts nothing off")]
    [InlineData("source", "", "copies", "", null, Role, "is part of what is copied")]
    [InlineData("source", "", "copies", "x/", "source", Role, "is part of what is copied")]
    [InlineData("source", "", "copies", "x/", null, "batch", "not the ARN of a role")]
    [InlineData("source", "", "copies", "x/", null, Role, null)]
    [InlineData("source", "logs/", "copies", "x/logs/", null, Role, null)]
    [InlineData("source", "logs/", "copies", "logs/", null, Role, null)]
    [InlineData("source", "", "copies", "x", null, Role, "cuts nothing off")]
    public void What_no_job_can_do_is_said_before_anything_is_done(string source, string prefix, string destination, string below, string? report, string role, string? why)
    {
        JadaSnapshot.Engine.Batch.BatchOrder order = new() { RoleArn = role, Report = report is null ? null : new(report, "") };
        var said = order.WhyNot(new(source, prefix), new(destination, below));
        if (why is null) Assert.Null(said);
        else Assert.Contains(why, said, StringComparison.Ordinal);
    }

    private static async Task<List<Difference>> DifferencesAsync(SyncTest test)
    {
        var site = new EstateSite { Name = "site", Buckets = ["copies"], Staging = [new() { Production = Destination, Staging = Source }] };
        using var comparison = new StagingComparison(test.Connection, new() { Sites = [site] });
        return await comparison.CompareAsync(_ => { }, test.Problems.Enqueue, SyncTest.Cancel).ToListAsync(SyncTest.Cancel);
    }
}
