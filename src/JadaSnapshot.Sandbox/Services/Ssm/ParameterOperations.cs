using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Ssm;

internal sealed partial class ParameterOperations(ParameterState state)
{
    private const int MostLevels = 15;
    private const int LongestStandardValue = 4096;
    private static readonly string[] Types = ["String", "StringList", Parameter.Secure];
    private static readonly TimeSpan PatternPatience = TimeSpan.FromMilliseconds(100);

    public void AddTo(OperationTable operations)
    {
        operations.Add("PutParameter", Put);
        operations.Add("GetParameter", Get);
        operations.Add("DeleteParameter", Delete);
    }

    private SandboxResponse Put(Call call)
    {
        var asked = call.Json;
        var (name, value, overwrite) = (CheckName(asked.Need("Name")), asked.Need("Value"), asked.Flag("Overwrite") == true);
        var known = state.In(call.Region).GetValueOrDefault(name);
        if (known is not null && !overwrite)
            throw new SandboxException(400, "ParameterAlreadyExists", "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");
        if (overwrite && asked.List("Tags") is { Count: > 0 })
            throw ParameterState.Invalid("Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.");
        var type = asked.Text("Type") ?? known?.Type ?? throw ParameterState.Invalid("A parameter type is required when you create a parameter.");
        if (!Types.Contains(type)) throw ParameterState.Invalid(Constraint.NotInSet(type, "type", Types));
        if (known is not null && known.Type != type)
            throw new SandboxException(400, "HierarchyTypeMismatchException", $"The parameter type {type} does not match the existing type {known.Type}.");
        if (value.Length is 0 or > LongestStandardValue) throw ParameterState.Invalid($"Standard tier parameters support a maximum parameter value of {LongestStandardValue} characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.");
        CheckPattern(value, asked.Text("AllowedPattern") ?? known?.AllowedPattern);

        var parameter = known ?? new Parameter
        {
            Name = name,
            Arn = state.ArnOf(call.Region, name),
            Type = type,
            User = $"arn:aws:iam::{state.World.Account}:user/operator",
            DataType = asked.Text("DataType") ?? "text",
        };
        parameter.KeyId = type == Parameter.Secure ? asked.Text("KeyId") ?? parameter.KeyId ?? "alias/aws/ssm" : null;
        parameter.Description = asked.Text("Description") ?? parameter.Description;
        parameter.AllowedPattern = asked.Text("AllowedPattern") ?? parameter.AllowedPattern;
        parameter.Versions.Add(new(parameter.Versions.Count + 1, value, state.World.Now));
        parameter.Tags.AddTags(asked);
        state.In(call.Region)[name] = parameter;
        return Json11Service.Reply(new JsonObject { ["Version"] = parameter.Latest.Number, ["Tier"] = parameter.Tier });
    }

    private SandboxResponse Get(Call call)
    {
        var asked = call.Json.Need("Name");
        var (name, selector) = (asked, (string?)null);
        if (state.Find(call.Region, asked) is null && asked.LastIndexOf(':') is var at and > 0) (name, selector) = (asked[..at], asked[at..]);
        var parameter = state.Find(call.Region, name) ?? throw ParameterState.NotFound(name);
        var version = parameter.Latest;
        if (selector is not null)
            version = int.TryParse(selector.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= parameter.Versions.Count
                ? parameter.Versions[number - 1]
                : throw new SandboxException(400, "ParameterVersionNotFound", $"Systems Manager could not find version {selector[1..]} of {name}. Verify the version and try again.");
        return Json11Service.Reply(new JsonObject { ["Parameter"] = parameter.Read(version, call.Json.Flag("WithDecryption") == true, selector) });
    }

    private SandboxResponse Delete(Call call)
    {
        var name = call.Json.Need("Name");
        return state.In(call.Region).Remove(name) ? Json11Service.Done() : throw ParameterState.NotFound(name);
    }

    private static string CheckName(string name)
    {
        if (!NamePattern().IsMatch(name) || name.Contains("//", StringComparison.Ordinal) || name.EndsWith('/'))
            throw ParameterState.Invalid("Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_");
        if (name.Contains('/', StringComparison.Ordinal) && !name.StartsWith('/')) throw ParameterState.Invalid("Parameter name must be a fully qualified name.");
        if (name.Count(letter => letter == '/') > MostLevels) throw new SandboxException(400, "HierarchyLevelLimitExceededException", $"The hierarchy has more than {MostLevels} levels.");
        return name;
    }

    private static void CheckPattern(string value, string? pattern)
    {
        if (pattern is null) return;
        try
        {
            if (!Regex.IsMatch(value, pattern, RegexOptions.CultureInvariant, PatternPatience))
                throw new SandboxException(400, "ParameterPatternMismatchException", "Parameter value, cannot be validated against allowedPattern: " + pattern);
        }
        catch (Exception exception) when (exception is ArgumentException or RegexMatchTimeoutException)
        {
            throw new SandboxException(400, "InvalidAllowedPatternException", "The AllowedPattern is not a valid regular expression.");
        }
    }

    [GeneratedRegex(@"^(?!/?(aws|ssm))[A-Za-z0-9_./-]{1,1011}$", RegexOptions.IgnoreCase)]
    private static partial Regex NamePattern();
}
