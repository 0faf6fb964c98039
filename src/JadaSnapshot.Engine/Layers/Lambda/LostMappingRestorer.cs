using JadaSnapshot.Engine.Recovery;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>Says of event source mappings whose function was not there that they cannot come back. Those of functions come back with them.</summary>
internal sealed class LostMappingRestorer : Restorer
{
    public override string Layer => LambdaLayer.LayerName;

    public override IReadOnlyList<string> Kinds => [LambdaFolders.EventSourceMapping];

    public override RestorePhase Phase => RestorePhase.Permissions;

    public override IReadOnlyList<RestorePart> Parts => [];

    public override Naming Naming(string kind) => Recovery.Naming.Given;

    public override string? WhyNot(RestoreWork work) => "the function that it fed was not there when the snapshot was taken";

    public override Task CreateAsync(RestoreWork work, CancellationToken cancel) => throw new NotSupportedException();
}
