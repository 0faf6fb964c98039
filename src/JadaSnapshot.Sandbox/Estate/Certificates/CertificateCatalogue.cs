namespace JadaSnapshot.Sandbox.Estate.Certificates;

/// <summary>The certificates of the account: those of us-east-1 are for distributions, those of us-west-2 for the domains of APIs.</summary>
internal static class CertificateCatalogue
{
    public static IReadOnlyList<CertificatePlan> All { get; } =
    [
        .. EstateNames.Sites.Select(site => new CertificatePlan(site, EstateNames.East, $"*.{site}")),
        new("jadasailing.com", EstateNames.East, "www.jadasailing.com"),
        new("jadacharters.com", EstateNames.East, "www.jadacharters.com"),
        new("shop.salejada.com", EstateNames.East) { KeyAlgorithm = "EC_prime256v1" },
        new("events.queenofsandiego.com", EstateNames.East, "*.events.queenofsandiego.com"),
        new("crew.sailjada.com", EstateNames.East, "*.crew.sailjada.com") { IsPending = true },
        .. EstateNames.Sites.Select(site => new CertificatePlan($"api.{site}", EstateNames.West)),
        new("hooks.sailjada.com", EstateNames.West),
        new($"*.{EstateNames.Sail}", EstateNames.West, EstateNames.Sail),
    ];

    /// <summary>The ARN of the certificate for a domain.</summary>
    public static string ArnOf(EstateScript script, string domain, string region) => $"arn:aws:acm:{region}:{script.World.Account}:certificate/{IdOf(script, domain, region)}";

    public static Guid IdOf(EstateScript script, string domain, string region) =>
        new(script.DiceFor(region == EstateNames.East ? $"certificate/{domain}" : $"certificate/{region}/{domain}").Bytes(16));
}
