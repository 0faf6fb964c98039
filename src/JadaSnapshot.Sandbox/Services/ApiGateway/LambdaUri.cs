using System.Text.RegularExpressions;

namespace JadaSnapshot.Sandbox.Services.ApiGateway;

/// <summary>A function as an integration names it: <c>arn:aws:apigateway:us-west-2:lambda:path/2015-03-31/functions/arn:aws:lambda:…:function:name/invocations</c>.</summary>
internal static partial class LambdaUri
{
    public static bool Is(string? uri) => uri is not null && Pattern().IsMatch(uri);

    /// <summary>An ARN of any service that API Gateway calls: with a path or an action.</summary>
    public static bool IsService(string uri) => Is(uri) || Service().IsMatch(uri);

    [GeneratedRegex(@"^arn:aws:apigateway:[a-z0-9-]+:lambda:path/2015-03-31/functions/(arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9_$-]+)?|[^/]*\$\{stageVariables\.[A-Za-z0-9_]+\}[^/]*)/invocations$")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^arn:aws:apigateway:[a-z0-9-]+:(?!lambda:)[a-zA-Z0-9.-]+:(path/.*|action/.+)$")]
    private static partial Regex Service();
}
