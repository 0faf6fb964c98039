using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Tests.Sync;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Copies;

public sealed class RemoteVerifierTests
{
    [Fact]
    public async Task A_copy_is_whole_by_its_bytes_and_by_what_S3_states_of_it()
    {
        await using var test = await CopyTest.StartAsync();
        await test.Test.PutAsync("site", "film", new string('f', CopyTest.FiveMegabytes + 7));
        var snapshot = await test.CaptureAsync("v1.0", "a", "b");
        await test.CopyAsync(snapshot, CopyTest.Offsite);
        foreach (var isQuick in (bool[])[true, false])
        {
            test.Test.Host.Requests.Clear();
            var found = await VerifyAsync(test, isQuick);
            Assert.Equal((VerificationResult.Whole, snapshot.FileCount, 0, isQuick ? 0 : snapshot.TotalBytes), (found.Result, found.FilesChecked, found.FilesUnverified, found.BytesChecked));
            Assert.Equal(isQuick ? snapshot.FileCount : 0, test.Test.Calls("HeadObject"));
        }
    }

    [Fact]
    public async Task What_is_missing_changed_or_added_is_named_and_what_S3_says_nothing_of_is_counted()
    {
        await using var test = await CopyTest.StartAsync();
        var snapshot = await test.CaptureAsync("v1.0", "changed", "gone", "longer", "same", "said");
        await test.CopyAsync(snapshot, CopyTest.Offsite);
        const string Site = "copies/v1.0/s3-buckets/site/";
        await test.Test.DeleteAsync("offsite", Site + "gone");
        await test.PutAsync(Site + "longer", "v1.0 longerr");
        await test.PutAsync(Site + "more", "");
        // Put by others, they have no SHA-256.
        await test.PutAsync(Site + "changed", "v1.0 changeD");
        await test.PutAsync(Site + "same", "v1.0 same");
        await test.Test.PutAsync("offsite", Site + "said", "v1.0 saiD", new KeyValuePair<string, string>("x-amz-checksum-sha256", Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData("v1.0 saiD"u8))));

        string[] always = ["Extra: s3-buckets/site/more", "Missing: s3-buckets/site/gone", "Changed: s3-buckets/site/longer", "Changed: s3-buckets/site/said"];
        var (quick, whole) = (await VerifyAsync(test, isQuick: true), await VerifyAsync(test, isQuick: false));
        Assert.Equal(always.Order(), quick.Findings.Select(finding => $"{finding}").Order());
        Assert.Equal((VerificationResult.Damaged, 2), (quick.Result, quick.FilesUnverified));
        Assert.Equal(always.Append("Changed: s3-buckets/site/changed").Order(), whole.Findings.Select(finding => $"{finding}").Order());
    }

    private static Task<SnapshotVerification> VerifyAsync(CopyTest test, bool isQuick) =>
        RemoteVerifier.VerifyAsync(test.Test.Connection, $"{CopyTest.Offsite}/v1.0", isQuick, null, 8, SyncTest.Cancel);
}
