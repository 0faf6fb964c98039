using System.Text;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Recovery;

public sealed class CertificateRestoreTests : RestoreTest
{
    private const string Route53 = "xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"";

    [Fact]
    public async Task A_certificate_is_requested_anew_proved_in_its_zone_and_distributions_have_it()
    {
        await using var source = await EmptyAsync();
        await ZoneAsync(source);
        var arn = await IssuedAsync(source, "sail.test", "*.sail.test");
        await SandboxXml.SendAsync(source, "cloudfront", "POST", "/2020-05-31/distribution", EdgeWorld.Distribution("one", "Here", alias: "www.sail.test", certificate: arn));
        var snapshot = await SnapshotAsync(source, "acm", "cloudfront", "route53");
        await using var target = await EmptyAsync(OtherAccount);
        var results = await RestoreWhollyAsync(target, snapshot);
        var made = results.Single(result => result.Step.Kind == "certificate").TargetArn!;
        Assert.Contains($":{OtherAccount}:", made, StringComparison.Ordinal);
        Assert.Contains("\"ISSUED\"", await AcmAsync(target, "DescribeCertificate", $$"""{"CertificateArn":"{{made}}"}"""), StringComparison.Ordinal);
        Assert.Contains("\"crew\"", await AcmAsync(target, "ListTagsForCertificate", $$"""{"CertificateArn":"{{made}}"}"""), StringComparison.Ordinal);
        Assert.Equal(made, EdgeWorld.Text(await SandboxXml.SendAsync(target, "cloudfront", "GET", "/2020-05-31/distribution"), "ACMCertificateArn"));
    }

    [Fact]
    public async Task Where_the_zone_is_elsewhere_the_record_is_named_and_a_later_run_ends_it()
    {
        await using var source = await EmptyAsync();
        await ZoneAsync(source);
        await IssuedAsync(source, "sail.test");
        var snapshot = await SnapshotAsync(source, "acm");
        await using var target = await EmptyAsync(OtherAccount);
        var result = Assert.Single(await RestoreAsync(target, snapshot));
        Assert.Equal(RestoreStatus.Failed, result.Status);
        Assert.Contains(result.Notes, note => note.StartsWith("Set this record where the DNS of the name is kept: _", StringComparison.Ordinal) && note.EndsWith(".acm-validations.aws.", StringComparison.Ordinal));
        Assert.Equal(RestoreAction.Update, Assert.Single(await PlanAsync(target, snapshot)).Action);

        await ZoneAsync(target);
        await RestoreWhollyAsync(target, snapshot);
        Assert.Equal(1, target.Requests.Count("acm", "RequestCertificate"));
    }

    [Fact]
    public async Task Tags_and_options_are_put_back()
    {
        await using var host = await EmptyAsync();
        await ZoneAsync(host);
        var arn = await IssuedAsync(host, "sail.test");
        var snapshot = await SnapshotAsync(host, "acm");
        Assert.Empty(ToDo(await PlanAsync(host, snapshot)));
        await AcmAsync(host, "UpdateCertificateOptions", $$$"""{"CertificateArn":"{{{arn}}}","Options":{"CertificateTransparencyLoggingPreference":"DISABLED"}}""");
        await AcmAsync(host, "RemoveTagsFromCertificate", $$"""{"CertificateArn":"{{arn}}","Tags":[{"Key":"owner"}]}""");
        await AcmAsync(host, "AddTagsToCertificate", $$"""{"CertificateArn":"{{arn}}","Tags":[{"Key":"new","Value":"one"}]}""");
        Assert.Equal(["certificate.json", "tags.json"], Assert.Single(await PlanAsync(host, snapshot)).Changes.Select(change => change.Document).Distinct());
        await RestoreWhollyAsync(host, snapshot);
    }

    [Fact]
    public async Task A_certificate_that_was_imported_cannot_come_back_and_one_that_waited_waits_again()
    {
        await using var source = await EmptyAsync();
        using var key = System.Security.Cryptography.RSA.Create(2048);
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=old.test", key, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        await AcmAsync(source, "ImportCertificate", $$"""{"Certificate":"{{Convert.ToBase64String(Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()))}}","PrivateKey":"{{Convert.ToBase64String(Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()))}}"}""");
        await AcmAsync(source, "RequestCertificate", """{"DomainName":"waits.test","ValidationMethod":"DNS"}""");
        var snapshot = await SnapshotAsync(source, "acm");
        await using var target = await EmptyAsync(OtherAccount);
        var results = (await RestoreAsync(target, snapshot)).ToDictionary(result => result.Step.Name);
        Assert.Equal(RestoreStatus.Done, results["waits.test"].Status);
        Assert.Equal(RestoreStatus.NotDone, results["old.test"].Status);
        Assert.Contains("never shows a private key", Assert.Single(results["old.test"].Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_moves_between_distributions_of_the_snapshot_and_is_never_taken_from_another()
    {
        await using var host = await EmptyAsync();
        await ZoneAsync(host);
        var arn = await IssuedAsync(host, "sail.test", "*.sail.test");
        var world = new EdgeWorld(host);
        var first = EdgeWorld.Text(await world.SendAsync("POST", "distribution", EdgeWorld.Distribution("one", "First", alias: "www.sail.test", certificate: arn)), "Id")!;
        var second = EdgeWorld.Text(await world.SendAsync("POST", "distribution", EdgeWorld.Distribution("two", "Second", certificate: arn)), "Id")!;
        var snapshot = await SnapshotAsync(host, "cloudfront");
        await world.SendAsync("PUT", $"distribution/{second}/associate-alias?Alias=www.sail.test");
        var moved = Assert.Single(await RestoreAsync(host, snapshot, selection: new([], resource => resource.Id == first)));
        Assert.Equal([$"The name www.sail.test was moved here from the distribution {second}."], moved.Notes);
        Assert.Empty(ToDo(await PlanAsync(host, snapshot)));

        var third = EdgeWorld.Text(await world.SendAsync("POST", "distribution", EdgeWorld.Distribution("three", "Third", certificate: arn)), "Id")!;
        await world.SendAsync("PUT", $"distribution/{third}/associate-alias?Alias=www.sail.test");
        var failed = Assert.Single(await RestoreAsync(host, snapshot), result => result.Status == RestoreStatus.Failed);
        Assert.Equal(first, failed.TargetId);
        Assert.Contains($"leads to the distribution {third}", Assert.Single(failed.Notes), StringComparison.Ordinal);
    }

    private static Task ZoneAsync(SandboxHost host) =>
        SandboxXml.SendAsync(host, "route53", "POST", "/2013-04-01/hostedzone", $"<CreateHostedZoneRequest {Route53}><Name>sail.test.</Name><CallerReference>z</CallerReference></CreateHostedZoneRequest>");

    /// <summary>A certificate of the account, with its proof in the zone.</summary>
    private static async Task<string> IssuedAsync(SandboxHost host, string name, params string[] others)
    {
        var names = string.Join(',', others.Prepend(name).Select(each => $"\"{each}\""));
        var arn = JsonOf(await AcmAsync(host, "RequestCertificate", $$"""{"DomainName":"{{name}}","SubjectAlternativeNames":[{{names}}],"ValidationMethod":"DNS","Tags":[{"Key":"owner","Value":"crew"}]}""")).Text("CertificateArn")!;
        var record = JsonOf(await AcmAsync(host, "DescribeCertificate", $$"""{"CertificateArn":"{{arn}}"}""")).Member("Certificate").Items("DomainValidationOptions").First().Member("ResourceRecord");
        var zone = EdgeWorld.Text(await SandboxXml.SendAsync(host, "route53", "GET", "/2013-04-01/hostedzone"), "Id")!.Split('/')[^1];
        await SandboxXml.SendAsync(host, "route53", "POST", $"/2013-04-01/hostedzone/{zone}/rrset", $"<ChangeResourceRecordSetsRequest {Route53}><ChangeBatch><Changes><Change><Action>UPSERT</Action><ResourceRecordSet><Name>{record.Text("Name")}</Name><Type>CNAME</Type><TTL>60</TTL><ResourceRecords><ResourceRecord><Value>{record.Text("Value")}</Value></ResourceRecord></ResourceRecords></ResourceRecordSet></Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>");
        return arn;
    }

    private static System.Text.Json.JsonElement JsonOf(string text) => System.Text.Json.JsonElement.Parse(text);

    private static async Task<string> AcmAsync(SandboxHost host, string operation, string body)
    {
        using var client = new SandboxClient(host) { Service = "acm" };
        var answer = await client.SendAsync("POST", "/", Encoding.UTF8.GetBytes(body), ("x-amz-target", "CertificateManager." + operation), ("content-type", "application/x-amz-json-1.1"));
        var text = Encoding.UTF8.GetString(answer.Body);
        Assert.True(answer.Status == 200, text);
        return text;
    }
}
