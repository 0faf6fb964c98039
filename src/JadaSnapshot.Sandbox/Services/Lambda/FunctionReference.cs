using System.Globalization;
using System.Text.RegularExpressions;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lambda;

/// <summary>A function as a caller names it: by name, ARN or part of an ARN, with a version or alias inside or beside it.</summary>
internal sealed partial record FunctionReference(string Name, string? Qualifier)
{
    public static FunctionReference Of(LambdaState state, Call call, string label = "FunctionName") =>
        Parse(state, call.Region, call.Label(label), call.Query("Qualifier"));

    /// <exception cref="SandboxException">The name is malformed, or of another region or account.</exception>
    public static FunctionReference Parse(LambdaState state, string region, string name, string? qualifier = null)
    {
        var match = Pattern().Match(name);
        if (!match.Success) throw LambdaErrors.Validation(Constraint.Pattern(name, "functionName", "(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?"));
        if (match.Groups["account"] is { Success: true } account && account.Value != state.World.Account)
            throw new SandboxException(403, "AccessDeniedException", $"User is not authorized to perform this operation on resource: {name}");
        if (match.Groups["region"] is { Success: true } named && named.Value != region)
            throw LambdaErrors.NotFound($"Functions from '{named.Value}' are not reachable in this region ('{region}')");
        var within = match.Groups["qualifier"] is { Success: true } group ? group.Value : null;
        if (within is not null && qualifier is not null && within != qualifier)
            throw LambdaErrors.InvalidParameter("The derived qualifier from the function name does not match the specified qualifier.");
        return new(match.Groups["name"].Value, within ?? (string.IsNullOrEmpty(qualifier) ? null : qualifier));
    }

    /// <summary>The function itself; versions and aliases are not looked at.</summary>
    public Function Function(LambdaRegion region) =>
        region.Functions.GetValueOrDefault(Name) ?? throw LambdaErrors.NotFound($"Function not found: {region.ArnPrefix}function:{Name}{(Qualifier is null ? "" : ":" + Qualifier)}");

    /// <summary>The function, and the version that the qualifier names, itself or by an alias.</summary>
    public (Function Function, FunctionVersion Version) Version(LambdaRegion region)
    {
        var function = Function(region);
        return (function, Find(function, Qualifier) ?? throw LambdaErrors.NotFound($"Function not found: {function.Arn}:{Qualifier}"));
    }

    /// <summary>The key of what is attached to a version or alias, after a look whether that is there.</summary>
    public (Function Function, string Qualifier) Target(LambdaRegion region) => (Version(region).Function, Qualifier ?? FunctionVersion.LatestNumber);

    public static FunctionVersion? Find(Function function, string? qualifier)
    {
        if (qualifier is null or FunctionVersion.LatestNumber) return function.Latest;
        var number = function.Aliases.TryGetValue(qualifier, out var alias) ? alias.FunctionVersion : qualifier;
        if (number == FunctionVersion.LatestNumber) return function.Latest;
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? function.Published.GetValueOrDefault(index) : null;
    }

    [GeneratedRegex(@"^(arn:aws[a-zA-Z-]*:lambda:)?((?<region>[a-z]{2}(-gov|-iso[a-z]?)?-[a-z]+-\d):)?((?<account>\d{12}):)?(function:)?(?<name>[a-zA-Z0-9_-]{1,140})(:(?<qualifier>\$LATEST|[a-zA-Z0-9_-]{1,128}))?$")]
    private static partial Regex Pattern();
}
