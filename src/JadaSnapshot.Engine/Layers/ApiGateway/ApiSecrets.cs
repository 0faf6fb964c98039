using System.Text.RegularExpressions;
using JadaSnapshot.Engine.Secrets;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>What in the documents of API Gateway is secret: stage variables, API keys, and what an integration sends along that no caller sent.</summary>
internal static partial class ApiSecrets
{
    /// <summary>Headers whose values say what they are, and are no secrets.</summary>
    private static readonly HashSet<string> OpenHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept", "Accept-Encoding", "Accept-Language", "Cache-Control", "Content-Encoding", "Content-Type", "Host", "Origin", "User-Agent",
        "X-Amz-Invocation-Type", "X-Amz-Log-Type", "X-Amz-Target", "X-Amzn-Trace-Id",
    };

    public static byte[] OfStages(byte[] document, Func<string, string> fingerprint) =>
        JsonRedaction.Replace(document, (path, value) => path is [.., "variables" or "stageVariables" or "stageVariableOverrides", _] ? fingerprint(value) : null);

    public static byte[] OfKeys(byte[] document, Func<string, string> fingerprint) =>
        JsonRedaction.Replace(document, (path, value) => path is [.., "value"] ? fingerprint(value) : null);

    /// <summary>In resources, integrations, authorizers, and in exports, which hold the same members.</summary>
    public static byte[] OfIntegrations(byte[] document, Func<string, string> fingerprint) => JsonRedaction.Replace(document, (path, value) => path switch
    {
        [.., "requestParameters", var name] when IsSent(name) && IsLiteral(value) => fingerprint(value),
        [.., "uri" or "integrationUri"] when UserInfo().IsMatch(value) => fingerprint(value),
        [.., "credentials" or "credentialsArn" or "authorizerCredentials" or "authorizerCredentialsArn"] when !value.StartsWith("arn:", StringComparison.Ordinal) => fingerprint(value),
        _ => null,
    });

    /// <summary>Whether a mapping sets a header or a query parameter whose value may be a secret: <c>integration.request.header.X-Api-Key</c>, <c>append:header.X-Api-Key</c>.</summary>
    private static bool IsSent(string mapping) => Mapping().Match(mapping) is { Success: true } sent && !OpenHeaders.Contains(sent.Groups["name"].Value);

    /// <summary>Whether a value is said in the mapping itself, in whole or in part.</summary>
    private static bool IsLiteral(string value) => !Reference().IsMatch(value);

    [GeneratedRegex(@"^(integration\.request\.|append:|overwrite:)(header|querystring)\.(?<name>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Mapping();

    [GeneratedRegex(@"^((method|integration|route)\.(request|response)\.|context\.|stageVariables\.)[^'\s]+$|^(\$\{?(request|response|context|stageVariables)\.[\w.\-]+\}?\s*)+$", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"^https?://[^/?#]*@", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex UserInfo();
}
