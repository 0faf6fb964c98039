using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Layers.ApiGateway;

namespace JadaSnapshot.Commands.Resources;

/// <summary>Exports REST, HTTP and WebSocket APIs: every document of their definition, deployments and stages, and what each stage serves as OpenAPI, with fingerprints in place of secrets.</summary>
[Cmdlet(VerbsData.Export, "JadaApi", SupportsShouldProcess = true)]
[OutputType(typeof(ResourceExport))]
public sealed class ExportJadaApiCommand() : ExportSecretResourceCommand(new ApiView())
{
    /// <summary>The APIs, by id, name or ARN, or from the pipeline; all of them where none is named. Wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "RestApiId", "Name")]
    [ArgumentCompleter(typeof(ApiNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? ApiId { get; set; }

    private protected override string[]? Names => ApiId;
}
