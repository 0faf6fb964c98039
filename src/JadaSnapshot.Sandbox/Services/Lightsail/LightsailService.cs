using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lightsail;

/// <summary>Lightsail: instances with their ports, addresses, disks and snapshots.</summary>
internal sealed class LightsailService : Json11Service
{
    public LightsailService(SandboxWorld world)
    {
        var state = new LightsailState(world);
        new InstanceOperations(state).AddTo(Operations);
        new InstanceSnapshotOperations(state).AddTo(Operations);
        new PortOperations(state).AddTo(Operations);
        new StaticIpOperations(state).AddTo(Operations);
        new DiskOperations(state).AddTo(Operations);
        new KeyPairOperations(state).AddTo(Operations);
        new OperationOperations(state).AddTo(Operations);
        new DomainOperations(state).AddTo(Operations);
        new AddOnOperations(state).AddTo(Operations);
        CatalogueOperations.AddTo(Operations);
    }

    public override string SigningName => "lightsail";

    protected override string TargetPrefix => "Lightsail_20161128";
}
