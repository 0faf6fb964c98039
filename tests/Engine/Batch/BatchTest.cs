using System.Text;
using JadaSnapshot.Engine.Batch;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Sync;
using JadaSnapshot.Engine.Tests.Sync;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Engine.Tests.Batch;

/// <summary>A sandbox with a bucket to copy from, one to copy to, one for reports, and a role for jobs.</summary>
internal static class BatchTest
{
    public const string Role = "arn:aws:iam::123456789012:role/batch";

    public static readonly BucketPlace Source = new("source"), Destination = new("copies");

    public static readonly S3Place Reports = new("reports", "batch/");

    private const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"batchoperations.s3.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    public static async Task<SyncTest> StartAsync(Action<ISandboxService, SandboxRequest, SandboxResponse>? onAnswer = null, string settling = "", string trust = Trust)
    {
        var test = await SyncTest.StartAsync(onAnswer ?? ((_, _, _) => { }), Settling.Parse(settling));
        foreach (var bucket in (string[])["source", "copies", "reports"]) await test.CreateAsync(bucket);
        await MakeRoleAsync(test, trust);
        return test;
    }

    /// <summary>Makes the role.</summary>
    public static async Task MakeRoleAsync(SyncTest test, string trust = Trust) =>
        await new InProcessCaller(test.Host.World).CallAsync("iam", "us-east-1", "POST", "/", [], [new("Content-Type", "application/x-www-form-urlencoded")],
            Encoding.UTF8.GetBytes($"Action=CreateRole&Version=2010-05-08&RoleName=batch&AssumeRolePolicyDocument={Uri.EscapeDataString(trust)}"), SyncTest.Cancel);

    public static BucketCopyOrder OrderFor(SyncTest test) => new() { Source = Source, Destination = Destination, Batch = new() { RoleArn = RoleOf(test), Report = Reports } };

    public static string RoleOf(SyncTest test) => $"arn:aws:iam::{test.Host.World.Account}:role/batch";

    /// <summary>What a caller asks of jobs.</summary>
    public static BatchJobs Jobs(SyncTest test) => new(test.Connection, test.Host.World.Account, test.Host.Region);

    public static long JobCalls(this SyncTest test, string operation) => test.Host.Requests.Count("s3control", operation);
}
