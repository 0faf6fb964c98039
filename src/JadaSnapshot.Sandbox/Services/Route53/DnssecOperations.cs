using System.Globalization;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Route53;

/// <summary>Signing of public zones. Keys are made up: nothing here signs.</summary>
internal sealed class DnssecOperations(Route53State state)
{
    private const string Zones = "/2013-04-01/hostedzone/{Id}";
    private const string Keys = "/2013-04-01/keysigningkey";

    public void AddTo(OperationTable operations)
    {
        operations.Add("GetDNSSEC", $"GET {Zones}/dnssec", call => Route53Answer.Of(call, Find(call).RenderDnssec()));
        operations.Add("EnableHostedZoneDNSSEC", $"POST {Zones}/enable-dnssec", Enable);
        operations.Add("DisableHostedZoneDNSSEC", $"POST {Zones}/disable-dnssec", Disable);
        operations.Add("CreateKeySigningKey", $"POST {Keys}", CreateKey);
        operations.Add("ActivateKeySigningKey", $"POST {Keys}/{{HostedZoneId}}/{{Name}}/activate", call => SetStatus(call, "ACTIVE"));
        operations.Add("DeactivateKeySigningKey", $"POST {Keys}/{{HostedZoneId}}/{{Name}}/deactivate", call => SetStatus(call, "INACTIVE"));
        operations.Add("DeleteKeySigningKey", $"DELETE {Keys}/{{HostedZoneId}}/{{Name}}", DeleteKey);
    }

    private HostedZone Find(Call call, string label = "Id") => Public(state.Zone(call.Label(label)));

    private static HostedZone Public(HostedZone zone) =>
        !zone.Private ? zone : throw new SandboxException(400, "InvalidArgument", "DNSSEC is not supported for private hosted zones.");

    private (HostedZone Zone, KeySigningKey Key) FindKey(Call call)
    {
        var zone = Find(call, "HostedZoneId");
        return (zone, zone.KeySigningKeys.GetValueOrDefault(call.Label("Name")) ?? throw new SandboxException(404, "NoSuchKeySigningKey", "The specified key-signing key (KSK) doesn't exist."));
    }

    private SandboxResponse Enable(Call call)
    {
        var zone = Find(call);
        if (zone.KeySigningKeys.Values.All(key => key.Status != "ACTIVE"))
            throw new SandboxException(400, "KeySigningKeyWithActiveStatusNotFound", "A key-signing key (KSK) with ACTIVE status wasn't found.");
        zone.IsSigning = true;
        return Changed(call);
    }

    private SandboxResponse Disable(Call call)
    {
        var zone = Find(call);
        if (!zone.IsSigning) throw new SandboxException(400, "DNSSECNotFound", "The hosted zone doesn't have any DNSSEC resources.");
        zone.IsSigning = false;
        return Changed(call);
    }

    private SandboxResponse CreateKey(Call call)
    {
        var asked = call.Xml.Named("CreateKeySigningKeyRequest");
        var zone = Public(state.Zone(asked.Need("HostedZoneId", Route53Errors.InvalidInputCode)));
        var name = asked.Need("Name", Route53Errors.InvalidInputCode);
        var status = asked.Need("Status", Route53Errors.InvalidInputCode);
        if (status is not ("ACTIVE" or "INACTIVE")) throw Route53Errors.InvalidInput(Constraint.NotInSet(status, "status", ["ACTIVE", "INACTIVE"]));
        var kms = asked.Need("KeyManagementServiceArn", Route53Errors.InvalidInputCode);
        if (!kms.StartsWith("arn:aws:kms:us-east-1:", StringComparison.Ordinal)) throw new SandboxException(400, "InvalidKMSArn", "The KeyManagementServiceArn that you specified isn't valid to use with DNSSEC signing.");
        var key = new KeySigningKey(name, kms, status, state.World.Now);
        if (!zone.KeySigningKeys.TryAdd(name, key)) throw new SandboxException(409, "KeySigningKeyAlreadyExists", "A key-signing key (KSK) with this name already exists in the hosted zone.");
        return Route53Answer.Created(call, $"https://route53.amazonaws.com{call.Request.RawPath}/{zone.Id}/{name}", state.NewChange(null), key.Render(zone, "KeySigningKey"));
    }

    private SandboxResponse SetStatus(Call call, string status)
    {
        var (zone, key) = FindKey(call);
        if (status == "INACTIVE" && zone.IsSigning && zone.KeySigningKeys.Values.All(other => other == key || other.Status != "ACTIVE"))
            throw new SandboxException(400, "KeySigningKeyInUse", "The key-signing key (KSK) that you specified can't be deactivated because it is the only active one of a signed zone.");
        zone.KeySigningKeys[key.Name] = key with { Status = status };
        return Changed(call);
    }

    private SandboxResponse DeleteKey(Call call)
    {
        var (zone, key) = FindKey(call);
        if (key.Status != "INACTIVE") throw new SandboxException(400, "InvalidKeySigningKeyStatus", "The key-signing key (KSK) status isn't valid or another KSK has the status INTERNAL_FAILURE.");
        zone.KeySigningKeys.Remove(key.Name);
        return Changed(call);
    }

    private SandboxResponse Changed(Call call) => Route53Answer.Of(call, state.NewChange(null));
}

/// <summary>A key-signing key, with what follows from its name in place of cryptography.</summary>
internal sealed record KeySigningKey(string Name, string KmsArn, string Status, DateTimeOffset Created)
{
    public XElement Render(HostedZone zone, string element)
    {
        var tag = int.Parse(SandboxWorld.HashId(zone.Id + Name, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var digest = SandboxWorld.HashId("digest" + zone.Id + Name, 64);
        var key = Convert.ToBase64String(Convert.FromHexString(SandboxWorld.HashId("x" + zone.Id + Name, 64) + SandboxWorld.HashId("y" + zone.Id + Name, 64)));
        return new(element,
            new XElement("Name", Name),
            new XElement("KmsArn", KmsArn),
            new XElement("Flag", 257),
            new XElement("SigningAlgorithmMnemonic", "ECDSAP256SHA256"),
            new XElement("SigningAlgorithmType", 13),
            new XElement("DigestAlgorithmMnemonic", "SHA-256"),
            new XElement("DigestAlgorithmType", 2),
            new XElement("KeyTag", tag),
            new XElement("DigestValue", digest),
            new XElement("PublicKey", key),
            new XElement("DSRecord", $"{tag} 13 2 {digest}"),
            new XElement("DNSKEYRecord", $"257 3 13 {key}"),
            new XElement("Status", Status),
            new XElement("CreatedDate", Created.IsoMilliseconds()),
            new XElement("LastModifiedDate", Created.IsoMilliseconds()));
    }
}
