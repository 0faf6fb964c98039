namespace JadaSnapshot.Sandbox.Protocols;

/// <summary>The words in which services refuse a member that breaks its model.</summary>
internal static class Constraint
{
    public static string Missing(string member) => Failed("null", member, "Member must not be null", quoted: false);

    public static string NotInSet(string value, string member, IEnumerable<string> set) =>
        Failed(value, member, $"Member must satisfy enum value set: [{string.Join(", ", set)}]");

    public static string Pattern(string value, string member, string pattern) =>
        Failed(value, member, $"Member must satisfy regular expression pattern: {pattern}");

    public static string Failed(string value, string member, string rule, bool quoted = true) =>
        $"1 validation error detected: Value {(quoted ? $"'{value}'" : value)} at '{Camel(member)}' failed to satisfy constraint: {rule}";

    private static string Camel(string member) => member.Length == 0 ? member : char.ToLowerInvariant(member[0]) + member[1..];
}
