using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Layers.Lambda;

namespace JadaSnapshot.Commands.Resources;

/// <summary>Tells of Lambda functions how they are set up. Values of environment variables are never shown.</summary>
[Cmdlet(VerbsCommon.Get, "JadaLambda")]
[OutputType(typeof(LambdaFunction))]
public sealed class GetJadaLambdaCommand() : GetResourceCommand<LambdaFunction>(new FunctionView())
{
    /// <summary>Only these functions, by name or ARN. Wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name", "FunctionArn")]
    [ArgumentCompleter(typeof(FunctionNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? FunctionName { get; set; }

    private protected override string[]? Names => FunctionName;
}
