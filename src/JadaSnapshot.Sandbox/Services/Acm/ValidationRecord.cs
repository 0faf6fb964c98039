namespace JadaSnapshot.Sandbox.Services.Acm;

/// <summary>The CNAME that proves a name to be the account's. A wildcard needs none beside its domain's.</summary>
internal static class ValidationRecord
{
    private const string Head = "3639ac514e785e8", Tail = "98d2646601fa951d5";

    public static (string Name, string Value) Of(string domain) => ($"_{Head}{Tail}.{Bare(domain)}.", $"_{Tail}{Head}.acm-validations.aws.");

    private static string Bare(string domain) => domain.StartsWith("*.", StringComparison.Ordinal) ? domain[2..] : domain;
}
