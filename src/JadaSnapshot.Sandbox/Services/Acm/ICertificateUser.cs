namespace JadaSnapshot.Sandbox.Services.Acm;

/// <summary>A service whose resources use certificates.</summary>
internal interface ICertificateUser
{
    /// <summary>Which certificate (by its ARN) is used by which resource (by its ARN).</summary>
    IReadOnlyList<(string Certificate, string User)> CertificateUses { get; }
}
