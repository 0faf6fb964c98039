using System.Xml.Linq;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Route53;

/// <summary>Brings DNSSEC back: the keys that sign a zone's keys lie in KMS, and have to be there (<see href="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec.html"/>).</summary>
internal sealed class ZoneSigning(RestoreWork work)
{
    private const string Document = ZoneDocuments.Dnssec;
    private const string Signing = "SIGNING";

    private static readonly XNamespace Space = Route53Kinds.Namespace;

    /// <summary>What follows from a key.</summary>
    public static IReadOnlyList<Loss> Losses { get; } =
    [
        .. new[] { "*KeyTag", "*DigestValue", "*PublicKey", "*DSRecord", "*DNSKEYRecord" }.Select(path => new Loss(Document, path, "follows from the key")),
        .. new[] { "*CreatedDate", "*LastModifiedDate", "*StatusMessage" }.Select(path => new Loss(Document, path, "tells what became of it")),
    ];

    public async Task PutAsync(CancellationToken cancel)
    {
        var (wanted, live) = (work.Documents.Xml(Document)!, work.Live.Xml(Document));
        if (Status(wanted) != Signing && Status(live) == Signing)
            throw new InvalidOperationException("The zone is signed now. Take its DS record from the zone above and wait until that is forgotten everywhere; then switch signing off by 'aws route53 disable-hosted-zone-dnssec'. In the other order nobody can resolve it.");
        // A signed zone has an active key at every moment.
        foreach (var key in Keys(wanted).OrderBy(key => key.Text("Status"), StringComparer.Ordinal))
        {
            var there = Keys(live).FirstOrDefault(other => other.Text("Name") == key.Text("Name"));
            if (there is null) await CreateAsync(key, cancel);
            else if (there.Text("KmsArn") != key.Text("KmsArn")) throw new InvalidOperationException($"The key {key.Text("Name")} has another KMS key now; keys are rolled by hand.");
            else if (there.Text("Status") != key.Text("Status")) await SendAsync(key.Text("Status") == "ACTIVE" ? "ActivateKeySigningKey" : "DeactivateKeySigningKey", WirePath.Of(Route53Kinds.Root + "keysigningkey/{}/{}/" + (key.Text("Status") == "ACTIVE" ? "activate" : "deactivate"), work.RequiredId, key.Text("Name")!), null, cancel);
        }
        if (Status(wanted) != Signing || Status(live) == Signing) return;
        await SendAsync("EnableHostedZoneDNSSEC", WirePath.Of(Route53Kinds.Root + "hostedzone/{}/enable-dnssec", work.RequiredId), null, cancel);
        var now = (await work.Wire(Route53Layer.Service).SendAsync(WireRequest.Get("GetDNSSEC", WirePath.Of(Route53Kinds.Root + "hostedzone/{}/dnssec", work.RequiredId)), cancel)).Xml();
        foreach (var key in Keys(now).Where(key => key.Text("Status") == "ACTIVE")) work.Note($"The zone above has to have this DS record of {work.Resource.Name}: {key.Text("DSRecord")}");
    }

    private async Task CreateAsync(XElement key, CancellationToken cancel)
    {
        try
        {
            await SendAsync("CreateKeySigningKey", Route53Kinds.Root + "keysigningkey", new(Space + "CreateKeySigningKeyRequest",
                new XElement(Space + "CallerReference", $"{work.Token}-{key.Text("Name")}"), new XElement(Space + "HostedZoneId", work.RequiredId), new XElement(Space + "KeyManagementServiceArn", key.Text("KmsArn")),
                new XElement(Space + "Name", key.Text("Name")), new XElement(Space + "Status", key.Text("Status"))), cancel);
        }
        catch (ServiceException exception) when (exception.Code == "KeySigningKeyAlreadyExists")
        {
            // A call whose answer was lost has made it.
        }
        catch (ServiceException exception) when (exception.Code is "InvalidKMSArn" or "InvalidKeyManagementServiceArn")
        {
            throw new InvalidOperationException($"The zone cannot be signed: {exception.Message} KMS keys are not in a snapshot; make one in us-east-1 that Route 53 may use.", exception);
        }
    }

    private Task<WireResponse> SendAsync(string operation, string path, XElement? body, CancellationToken cancel) =>
        work.SendAsync(work.Wire(Route53Layer.Service), body is null ? new() { Operation = operation, Path = path } : XmlRequest.Of(operation, "POST", path, body), exception => exception.Code == "ConcurrentModification", cancel);

    private static IReadOnlyList<XElement> Keys(XElement? dnssec) => [.. dnssec?.All("KeySigningKeys").Elements() ?? []];

    private static string? Status(XElement? dnssec) => dnssec?.All("Status", "ServeSignature").FirstOrDefault()?.Value;
}
