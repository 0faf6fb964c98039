namespace JadaSnapshot.Sandbox.Estate.Certificates;

/// <summary>A certificate to ask for.</summary>
internal sealed record CertificatePlan(string Domain, string Region, params IReadOnlyList<string> AlternativeNames)
{
    public string KeyAlgorithm { get; init; } = "RSA_2048";

    /// <summary>Whether nobody has proved yet that the names are the account's.</summary>
    public bool IsPending { get; init; }
}
