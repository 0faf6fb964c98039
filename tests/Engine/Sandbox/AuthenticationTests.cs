using System.Text;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Sandbox;

public class AuthenticationTests
{
    private static readonly byte[] WhoAmI = Encoding.UTF8.GetBytes("Action=GetCallerIdentity&Version=2011-06-15");

    [Fact]
    public async Task S3_and_STS_refuse_a_stranger_each_in_its_own_words()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var s3 = new SandboxClient(sandbox.Host) { AccessKey = "AKIANOBODY" };
        using var sts = new SandboxClient(sandbox.Host) { AccessKey = "AKIANOBODY", Service = "sts" };
        Assert.Equal((403, "InvalidAccessKeyId"), Refusal(await s3.GetAsync("/")));
        Assert.Equal((403, "InvalidClientTokenId"), Refusal(await sts.SendAsync("POST", "/", WhoAmI)));
    }

    [Fact]
    public async Task A_wrong_secret_is_refused()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var client = new SandboxClient(sandbox.Host) { SecretKey = "guessed" };
        Assert.Equal((403, "SignatureDoesNotMatch"), Refusal(await client.GetAsync("/")));
    }

    [Fact]
    public async Task A_clock_more_than_fifteen_minutes_off_is_refused()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var late = new SandboxClient(sandbox.Host) { Time = DateTimeOffset.UtcNow.AddMinutes(-16) };
        using var tolerable = new SandboxClient(sandbox.Host) { Time = DateTimeOffset.UtcNow.AddMinutes(14) };
        Assert.Equal((403, "RequestTimeTooSkewed"), Refusal(await late.GetAsync("/")));
        Assert.Equal(200, (await tolerable.GetAsync("/")).Status);
    }

    [Fact]
    public async Task Assumed_credentials_work_with_their_token_until_they_expire()
    {
        var clock = new ManualClock(DateTimeOffset.UtcNow);
        await using var sandbox = await RunningSandbox.StartAsync(new() { Clock = clock });
        using var sts = new SandboxClient(sandbox.Host) { Service = "sts" };
        var arn = $"arn:aws:iam::{sandbox.Host.World.Account}:role/restorer";
        await new JadaSnapshot.Sandbox.Hosting.InProcessCaller(sandbox.Host.World).CreateRoleIfThereIsIamAsync("restorer");
        var answer = (await sts.SendAsync("POST", "/", Encoding.UTF8.GetBytes($"Action=AssumeRole&Version=2011-06-15&RoleSessionName=night&DurationSeconds=900&RoleArn={Uri.EscapeDataString(arn)}"))).Text;

        using var assumed = new SandboxClient(sandbox.Host) { AccessKey = Element(answer, "AccessKeyId"), SecretKey = Element(answer, "SecretAccessKey"), SessionToken = Element(answer, "SessionToken"), Service = "sts" };
        Assert.Contains("assumed-role/restorer/night", (await assumed.SendAsync("POST", "/", WhoAmI)).Text, StringComparison.Ordinal);
        using var tokenless = new SandboxClient(sandbox.Host) { AccessKey = assumed.AccessKey, SecretKey = assumed.SecretKey, Service = "sts" };
        Assert.Equal((403, "InvalidClientTokenId"), Refusal(await tokenless.SendAsync("POST", "/", WhoAmI)));
        clock.Advance(TimeSpan.FromSeconds(901));
        Assert.Equal((403, "ExpiredToken"), Refusal(await assumed.SendAsync("POST", "/", WhoAmI)));
    }

    [Fact]
    public async Task An_unsigned_request_gets_nothing()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Client.PutAsync("/private-bucket");
        using var http = new HttpClient();
        var answer = await http.GetAsync(new Uri(sandbox.Host.Endpoint + "/private-bucket"), TestContext.Current.CancellationToken);
        Assert.Equal(403, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_not_what_was_signed_is_refused()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Client.PutAsync("/a-bucket");
        var answer = await sandbox.Client.SendAsync("PUT", "/a-bucket/key", "body"u8.ToArray(), ("x-amz-content-sha256", new('0', 64)));
        Assert.Equal(403, answer.Status);
    }

    private static (int, string?) Refusal(Answer answer) => (answer.Status, answer.Code);

    private static string Element(string xml, string name) => xml.Split($"<{name}>")[1].Split('<')[0];
}
