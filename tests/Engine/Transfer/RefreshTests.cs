using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Transfer;

public sealed class RefreshTests
{
    [Fact]
    public async Task Credentials_that_expire_under_many_downloads_are_renewed_once_for_all()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var transfer = await TransferFixture.StartAsync(new() { Latency = TimeSpan.FromMilliseconds(50), SyntheticBuckets = [new() { Name = "synthetic", Count = 8, Size = 1000 }] });
        await new InProcessCaller(transfer.Host.World).CreateRoleIfThereIsIamAsync("reader");
        using var folder = new TemporaryStore();
        var profiles = Path.Combine(folder.Path, "credentials");
        await File.WriteAllTextAsync(profiles, $"""
            [base]
            aws_access_key_id = {transfer.Host.AccessKey}
            aws_secret_access_key = {transfer.Host.SecretKey}
            [work]
            role_arn = arn:aws:iam::{transfer.Host.World.Account}:role/reader
            source_profile = base
            """, cancel);
        using var connection = AwsConnection.Open(new() { ProfileName = "work", ProfileLocation = profiles, Region = "us-east-1", EndpointUrl = transfer.Host.Endpoint });
        using var s3 = new S3Client(connection, 8);
        using var places = new WorkPool(8);
        await connection.GetCredentialsAsync(cancel);
        transfer.Add("kind=expirecredentials,operation=GetObject,times=8");

        var files = Enumerable.Range(0, 8).Select(_ => new MemoryFile()).ToList();
        await Task.WhenAll(files.Select((file, number) => new ObjectDownload(s3, places)
            .DownloadAsync("synthetic", new($"data/{number:D9}.bin", 1000, "", default, "STANDARD"), file, cancel)));

        Assert.All(files, file => Assert.Equal(1000, file.Length));
        Assert.Equal(16, (await transfer.GetsAsync(16)).Count);
        Assert.Equal(2, transfer.Host.Requests.Count("sts", "AssumeRole"));
    }
}
