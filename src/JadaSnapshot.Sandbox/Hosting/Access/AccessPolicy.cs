using System.Collections.Concurrent;
using System.Text.Json;

namespace JadaSnapshot.Sandbox.Hosting.Access;

/// <summary>What a caller may do: an identity policy of IAM. Whatever no statement allows is refused.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html; what the sandbox does not know of it is refused when the policy is read.</remarks>
public sealed class AccessPolicy
{
    private readonly IReadOnlyList<AccessStatement> _statements;
    private readonly ConcurrentDictionary<(AccessStatement Statement, string Words), bool> _used = new();

    private AccessPolicy(IReadOnlyList<AccessStatement> statements) => _statements = statements;

    /// <summary>Actions and resources of the policy that nothing needed so far: without them all would have gone as well.</summary>
    public IReadOnlyList<string> Unused =>
    [
        .. from statement in _statements
           from words in statement.Actions.Concat(statement.Resources)
           where !_used.ContainsKey((statement, words))
           select words,
    ];

    /// <summary>Reads a policy document.</summary>
    /// <exception cref="FormatException">It is none, or says what the sandbox does not understand.</exception>
    public static AccessPolicy Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            var statements = document.RootElement.GetProperty("Statement");
            return new(statements.ValueKind == JsonValueKind.Array ? [.. statements.EnumerateArray().Select(AccessStatement.Read)] : [AccessStatement.Read(statements)]);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"It is no policy: {exception.Message}", exception);
        }
    }

    /// <summary>Whether something is allowed, and notes what allows it.</summary>
    public bool Allows(AccessNeed need)
    {
        var isAllowed = false;
        foreach (var statement in _statements)
        {
            if (statement.ActionFor(need) is not { } action || statement.ResourceFor(need) is not { } resource || !statement.Conditions.All(condition => condition.Holds(need))) continue;
            if (statement.IsDenial) return false;
            _used[(statement, action)] = _used[(statement, resource)] = true;
            isAllowed = true;
        }
        return isAllowed;
    }
}
