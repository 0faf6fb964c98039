using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.Acm;

/// <summary>The CNAME that proves a name to be the account's; another account has another. A wildcard needs none beside its domain's.</summary>
internal static class ValidationRecord
{
    private const string OfEstate = "3639ac514e785e898d2646601fa951d5";
    private const int Head = 15;

    public static (string Name, string Value) Of(string account, string domain)
    {
        var token = Token(account);
        return ($"_{token}.{Bare(domain)}.", $"_{token[Head..]}{token[..Head]}.acm-validations.aws.");
    }

#pragma warning disable CA1308 // DNS names are in lower case
    private static string Token(string account) => account == SandboxWorld.EstateAccount ? OfEstate : SandboxWorld.HashId("validation in " + account, OfEstate.Length).ToLowerInvariant();
#pragma warning restore CA1308

    private static string Bare(string domain) => domain.StartsWith("*.", StringComparison.Ordinal) ? domain[2..] : domain;
}
