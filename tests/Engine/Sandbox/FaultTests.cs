using System.Security.Cryptography;
using System.Text;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Sandbox;

public class FaultTests
{
    private const string Body = "0123456789";

    [Theory]
    [InlineData("kind=deny", 403, "AccessDenied")]
    [InlineData("kind=throttle", 503, "SlowDown")]
    [InlineData("kind=error,status=500,code=InternalError", 500, "InternalError")]
    [InlineData("kind=expirecredentials", 400, "ExpiredToken")]
    [InlineData("kind=clockskew", 403, "RequestTimeTooSkewed")]
    [InlineData("kind=vanish", 404, "NoSuchKey")]
    [InlineData("kind=redirect,region=eu-west-1", 301, "PermanentRedirect")]
    [InlineData("kind=busy", 409, "OperationAborted")]
    public async Task A_fault_answers_in_the_service_s_words(string fault, int status, string code)
    {
        await using var sandbox = await WithObjectAsync(fault);
        var answer = await sandbox.Client.GetAsync("/faulty/key");
        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData(FaultKind.Reset)]
    [InlineData(FaultKind.Drop)]
    [InlineData(FaultKind.ResetMidBody)]
    [InlineData(FaultKind.TruncateBody)]
    public async Task A_broken_connection_is_an_error_to_the_client(FaultKind kind)
    {
        await using var sandbox = await WithObjectAsync("kind=" + kind);
        await Assert.ThrowsAnyAsync<Exception>(() => sandbox.Client.GetAsync("/faulty/key"));
    }

    [Theory]
    [InlineData(FaultKind.Reset, 200)]
    [InlineData(FaultKind.Drop, 404)]
    public async Task A_lost_answer_was_preceded_by_its_effect_and_a_dropped_request_was_not(FaultKind kind, int status)
    {
        await using var sandbox = await WithObjectAsync($"operation=PutObject,kind={kind}");
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => sandbox.Client.PutAsync("/faulty/new", "new"));
        Assert.Equal(status, (await sandbox.Client.GetAsync("/faulty/new")).Status);
    }

    [Fact]
    public async Task Of_many_deletions_the_first_half_is_done_and_the_rest_is_named()
    {
        await using var sandbox = await WithObjectAsync("operation=DeleteObjects,kind=partial");
        await sandbox.Client.PutAsync("/faulty/other", Body);
        var body = Encoding.UTF8.GetBytes("<Delete><Object><Key>key</Key></Object><Object><Key>other</Key></Object></Delete>");
        var answer = await sandbox.Client.SendAsync("POST", "/faulty?delete=", body, ("x-amz-checksum-sha256", Convert.ToBase64String(SHA256.HashData(body))));
        Assert.Contains("<Error><Key>other</Key><Code>InternalError</Code>", answer.Text, StringComparison.Ordinal);
        int[] statuses = [(await sandbox.Client.GetAsync("/faulty/key")).Status, (await sandbox.Client.GetAsync("/faulty/other")).Status];
        Assert.Equal([404, 200], statuses);
    }

    [Fact]
    public async Task A_corrupt_body_differs_in_one_byte_and_says_nothing_of_it()
    {
        await using var sandbox = await WithObjectAsync("kind=corruptbody");
        var answer = await sandbox.Client.GetAsync("/faulty/key");
        Assert.Equal(200, answer.Status);
        Assert.Equal(1, answer.Text.Zip(Body).Count(pair => pair.First != pair.Second));
    }

    [Fact]
    public async Task A_long_body_goes_on_after_its_end()
    {
        await using var sandbox = await WithObjectAsync("kind=longbody");
        Assert.StartsWith(Body, (await sandbox.Client.GetAsync("/faulty/key")).Text, StringComparison.Ordinal);
        Assert.True((await sandbox.Client.GetAsync("/faulty/key")).Body.Length > Body.Length);
    }

    [Fact]
    public async Task A_wrong_checksum_is_of_the_right_form()
    {
        await using var sandbox = await WithObjectAsync("kind=wrongchecksum,times=1");
        var wrong = (await sandbox.Client.GetAsync("/faulty/key", ("x-amz-checksum-mode", "ENABLED"))).Headers["x-amz-checksum-crc64nvme"];
        var right = (await sandbox.Client.GetAsync("/faulty/key", ("x-amz-checksum-mode", "ENABLED"))).Headers["x-amz-checksum-crc64nvme"];
        Assert.NotEqual(right, wrong);
        Assert.Equal(8, Convert.FromBase64String(wrong).Length);
    }

    [Fact]
    public async Task A_change_fails_If_Match()
    {
        await using var sandbox = await WithObjectAsync("kind=change");
        Assert.Equal("PreconditionFailed", (await sandbox.Client.GetAsync("/faulty/key", ("If-Match", "\"781e5e245d69b566979b86e28d23f2c7\""))).Code);
    }

    [Fact]
    public async Task A_fault_meets_only_what_it_names_and_only_as_often()
    {
        await using var sandbox = await WithObjectAsync("service=s3,operation=Get*,match=/key,times=2,kind=deny");
        int[] statuses = [(await sandbox.Client.GetAsync("/faulty")).Status, .. await StatusesAsync(sandbox, 3)];
        Assert.Equal([200, 403, 403, 200], statuses);
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_requests_fail()
    {
        await using var one = await WithObjectAsync("rate=0.5,kind=throttle");
        await using var other = await WithObjectAsync("rate=0.5,kind=throttle");
        var statuses = await StatusesAsync(one, 20);
        Assert.Equal(statuses, await StatusesAsync(other, 20));
        Assert.Equal([200, 503], statuses.Distinct().Order());
    }

    [Theory]
    [InlineData("kind=explode")]
    [InlineData("kind=7")]
    [InlineData("rate=2,kind=deny")]
    [InlineData("operation=GetObject")]
    [InlineData("colour=red,kind=deny")]
    [InlineData("deny")]
    public void A_fault_that_makes_no_sense_is_explained(string text) => Assert.Throws<FormatException>(() => Fault.Parse(text));

    private static async Task<int[]> StatusesAsync(RunningSandbox sandbox, int count)
    {
        var statuses = new int[count];
        for (var i = 0; i < count; i++) statuses[i] = (await sandbox.Client.GetAsync("/faulty/key")).Status;
        return statuses;
    }

    private static async Task<RunningSandbox> WithObjectAsync(string fault)
    {
        var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Client.PutAsync("/faulty");
        await sandbox.Client.PutAsync("/faulty/key", Body);
        sandbox.Host.Faults.Add(Fault.Parse(fault));
        return sandbox;
    }
}
