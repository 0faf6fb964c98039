using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Layers.Lightsail;

namespace JadaSnapshot.Commands.Resources;

/// <summary>Tells of Lightsail instances how they are set up.</summary>
[Cmdlet(VerbsCommon.Get, "JadaInstance")]
[OutputType(typeof(LightsailInstance))]
public sealed class GetJadaInstanceCommand() : GetResourceCommand<LightsailInstance>(new InstanceView())
{
    /// <summary>Only these instances, by name or ARN. Wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(InstanceNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? InstanceName { get; set; }

    private protected override string[]? Names => InstanceName;
}
