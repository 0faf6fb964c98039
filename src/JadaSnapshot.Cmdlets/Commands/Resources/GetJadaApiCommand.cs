using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Layers.ApiGateway;

namespace JadaSnapshot.Commands.Resources;

/// <summary>Tells of REST, HTTP and WebSocket APIs: their stages, what they answer and by what, and the domain names that lead to them. Values of stage variables are never shown.</summary>
[Cmdlet(VerbsCommon.Get, "JadaApi")]
[OutputType(typeof(Api))]
public sealed class GetJadaApiCommand() : GetResourceCommand<Api>(new ApiView())
{
    /// <summary>Only these APIs, by id, name or ARN. Wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "RestApiId", "Name")]
    [ArgumentCompleter(typeof(ApiNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? ApiId { get; set; }

    private protected override string[]? Names => ApiId;
}
