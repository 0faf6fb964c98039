using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Layers.ApiGateway;

namespace JadaSnapshot.Commands;

/// <summary>Brings APIs back, with stages, keys, plans and domain names.</summary>
[Cmdlet(VerbsData.Restore, "JadaApi", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RestoreResult))]
public sealed class RestoreJadaApiCommand : RestoreResourceCommand
{
    /// <summary>The APIs, by name or id; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "RestApiId", "Name")]
    [ArgumentCompleter(typeof(ApiNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] ApiId { get; set; } = [];

    private protected override string LayerName => ApiGatewayLayer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["rest-api", "http-api", "websocket-api"];

    private protected override string[] Names => ApiId;
}
