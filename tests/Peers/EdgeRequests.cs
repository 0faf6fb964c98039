using System.Text;
using JadaSnapshot.Engine.Layers.CloudFront;
using JadaSnapshot.Engine.Tests.Recovery;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Peers.Tests;

/// <summary>Has the engine change, delete and make everything that CloudFront, Route 53 and ACM have.</summary>
internal sealed class EdgeRequests(Action<ISandboxService, SandboxRequest, SandboxResponse> note) : IDisposable
{
    private const string Route53 = "xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"";

    private readonly EngineRestores _engine = new(note, "acm", "cloudfront", "route53");

    public async Task AskAsync()
    {
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false, Estate = SandboxEstate.Empty, OnAnswer = _engine.Note });
        var nothing = await _engine.SnapshotAsync(host, "nothing");
        var world = new EdgeWorld(host);
        var (primary, _) = await world.MakeEverythingAsync();
        var zones = await ZoneWorld.MakeEverythingAsync(host);
        var (named, other) = await MakeNamedAsync(host, world);
        var snapshot = await _engine.SnapshotAsync(host, "v1");

        await world.ChangeEverythingAsync(primary);
        await ZoneWorld.ChangeEverythingAsync(host, zones);
        await world.SendAsync("PUT", $"distribution/{other}/associate-alias?Alias=www.sail.test");
        foreach (var certificate in await CertificatesAsync(host))
        {
            await AcmAsync(host, "UpdateCertificateOptions", $"{{\"CertificateArn\":\"{certificate}\",\"Options\":{{\"CertificateTransparencyLoggingPreference\":\"DISABLED\"}}}}");
            await AcmAsync(host, "RemoveTagsFromCertificate", $"{{\"CertificateArn\":\"{certificate}\",\"Tags\":[{{\"Key\":\"owner\"}}]}}");
            await AcmAsync(host, "AddTagsToCertificate", $"{{\"CertificateArn\":\"{certificate}\",\"Tags\":[{{\"Key\":\"new\",\"Value\":\"one\"}}]}}");
        }
        // The name is given back before the other distribution has lost it.
        await _engine.RestoreAsync(host, snapshot, wants: resource => resource.Id == named);
        await _engine.RestoreAsync(host, snapshot);

        await ZoneWorld.AddToEverythingAsync(host, zones);
        await world.SendAsync("POST", $"distributions/{other}/monitoring-subscription", "<MonitoringSubscription xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><RealtimeMetricsSubscriptionConfig><RealtimeMetricsSubscriptionStatus>Enabled</RealtimeMetricsSubscriptionStatus></RealtimeMetricsSubscriptionConfig></MonitoringSubscription>");
        await _engine.RestoreAsync(host, snapshot);

        // As if another account had the name.
        await world.ChangeAsync("distribution", named, "Named", "Otherwise");
        host.Faults.Add(Fault.Parse("service=cloudfront,operation=UpdateDistribution,kind=error,status=409,code=CNAMEAlreadyExists,times=1"));
        await _engine.RestoreAsync(host, snapshot, wants: resource => resource.Id == named, isWhole: false);
        await _engine.RestoreAsync(host, snapshot);

        await _engine.RestoreAsync(host, nothing, target => target with { Prune = true });
        await _engine.RestoreAsync(host, snapshot);
        using var connection = EngineRestores.Connect(host);
        await _engine.NotedAsync(async () => Assert.NotEmpty(await new ObjectInvalidation(connection).RunAsync(new Dictionary<string, IReadOnlyCollection<string>> { ["assets"] = ["css/site.css"] }, (_, refusal) => throw refusal, CancellationToken.None)));
    }

    public void Dispose() => _engine.Dispose();

    /// <summary>A distribution with a name and a certificate, and one that could have the name.</summary>
    private static async Task<(string Named, string Other)> MakeNamedAsync(SandboxHost host, EdgeWorld world)
    {
        using var answer = System.Text.Json.JsonDocument.Parse(await AcmAsync(host, "RequestCertificate", "{\"DomainName\":\"sail.test\",\"SubjectAlternativeNames\":[\"sail.test\",\"*.sail.test\"],\"ValidationMethod\":\"DNS\",\"Tags\":[{\"Key\":\"owner\",\"Value\":\"crew\"}]}"));
        var arn = answer.RootElement.Text("CertificateArn")!;
        using var description = System.Text.Json.JsonDocument.Parse(await AcmAsync(host, "DescribeCertificate", $"{{\"CertificateArn\":\"{arn}\"}}"));
        var record = description.RootElement.Member("Certificate").Items("DomainValidationOptions").First().Member("ResourceRecord");
        var zone = (await SandboxXml.SendAsync(host, "route53", "GET", "/2013-04-01/hostedzone"))!.Descendants().Single(each => each.Name.LocalName == "HostedZone" && EdgeWorld.Text(each, "Name") == "sail.test.");
        await SandboxXml.SendAsync(host, "route53", "POST", $"/2013-04-01{EdgeWorld.Text(zone, "Id")}/rrset", $"<ChangeResourceRecordSetsRequest {Route53}><ChangeBatch><Changes><Change><Action>UPSERT</Action><ResourceRecordSet><Name>{record.Text("Name")}</Name><Type>CNAME</Type><TTL>60</TTL><ResourceRecords><ResourceRecord><Value>{record.Text("Value")}</Value></ResourceRecord></ResourceRecords></ResourceRecordSet></Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>");
        return (await MakeAsync("named", "Named", "www.sail.test"), await MakeAsync("other", "Other", ""));

        async Task<string> MakeAsync(string reference, string comment, string alias) => EdgeWorld.Text(await world.SendAsync("POST", "distribution", EdgeWorld.Distribution(reference, comment, alias: alias, certificate: arn)), "Id")!;
    }

    private static async Task<IReadOnlyList<string>> CertificatesAsync(SandboxHost host)
    {
        using var list = System.Text.Json.JsonDocument.Parse(await AcmAsync(host, "ListCertificates", "{}"));
        return [.. list.RootElement.Items("CertificateSummaryList").Select(certificate => certificate.Text("CertificateArn")!)];
    }

    private static async Task<string> AcmAsync(SandboxHost host, string operation, string body)
    {
        using var client = new SandboxClient(host) { Service = "acm" };
        var answer = await client.SendAsync("POST", "/", Encoding.UTF8.GetBytes(body), ("x-amz-target", "CertificateManager." + operation), ("content-type", "application/x-amz-json-1.1"));
        return answer.Status == 200 ? Encoding.UTF8.GetString(answer.Body) : throw new InvalidOperationException(Encoding.UTF8.GetString(answer.Body));
    }
}
