using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Layers.Lambda;

namespace JadaSnapshot.Commands.Resources;

/// <summary>Exports Lambda functions: code, configuration and resource policy, with fingerprints in place of the values of environment variables.</summary>
[Cmdlet(VerbsData.Export, "JadaLambda", SupportsShouldProcess = true)]
[OutputType(typeof(ResourceExport))]
public sealed class ExportJadaLambdaCommand() : ExportSecretResourceCommand(new FunctionView())
{
    /// <summary>The functions, by name or ARN, or from the pipeline; all of them where none is named. Wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name", "FunctionArn")]
    [ArgumentCompleter(typeof(FunctionNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? FunctionName { get; set; }

    private protected override string[]? Names => FunctionName;
}
