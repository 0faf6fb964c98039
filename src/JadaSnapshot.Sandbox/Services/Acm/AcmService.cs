using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Acm;

/// <summary>AWS Certificate Manager: certificates that are asked for, validated by DNS, issued or imported.</summary>
internal sealed class AcmService : JsonRpcService
{
    private readonly AcmState _state;

    public AcmService(SandboxWorld world)
    {
        _state = new AcmState(world, Operations.Gate);
        new CertificateRequests(_state).AddTo(Operations);
        new CertificateReads(_state).AddTo(Operations);
        new CertificateImports(_state).AddTo(Operations);
        new CertificateTagOperations(_state).AddTo(Operations);
    }

    public override string SigningName => "acm";

    public override SandboxException Throttled => new(400, "ThrottlingException", "Rate exceeded");

    public override string BudgetOf(string operation) => operation;

    protected override string TargetPrefix => "CertificateManager";

    protected override string ErrorNamespace => "com.amazonaws.certificatemanager";

    protected override string ContentType => AcmState.JsonContentType;

    public override double? RequestsPerSecond(string operation) => operation switch
    {
        "ListCertificates" => 8,
        "ImportCertificate" => 1,
        "RequestCertificate" or "AddTagsToCertificate" or "RemoveTagsFromCertificate" => 5,
        _ => 10,
    };

    /// <summary>The names that an issued certificate stands for; null where there is no such certificate, or it is not issued.</summary>
    public IReadOnlyList<string>? NamesOfIssued(string arn)
    {
        lock (Operations.Gate)
            return _state.Find(arn) is { } certificate && _state.IsIssued(certificate) ? certificate.Names : null;
    }

    /// <summary>Issues a certificate, as when the names were proved otherwise than by this account's DNS.</summary>
    public void Issue(string arn)
    {
        lock (Operations.Gate) _state.Find(arn)!.Issue(_state.World.Now);
    }
}
