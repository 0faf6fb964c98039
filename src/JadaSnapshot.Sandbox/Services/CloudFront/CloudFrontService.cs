using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.Acm;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

/// <summary>CloudFront: distributions, and the policies, access controls, functions, stores, keys and invalidations that go with them.</summary>
internal sealed class CloudFrontService : RestService, ICertificateUser
{
    private readonly CloudFrontState _state;

    public CloudFrontService(SandboxWorld world)
    {
        var state = _state = new CloudFrontState(world);
        new DistributionOperations(state).AddTo(Operations);
        new AliasOperations(state).AddTo(Operations);
        new InvalidationOperations(state).AddTo(Operations);
        new DistributionTagOperations(state).AddTo(Operations);
        new EdgeFunctionOperations(state).AddTo(Operations);
        new EdgeFunctionReads(state).AddTo(Operations);
        new KeyValueStoreOperations(state).AddTo(Operations);
        new RealtimeLogOperations(state).AddTo(Operations);
        new MonitoringOperations(state).AddTo(Operations);
        foreach (var kind in ConfigKinds.All) new ConfigOperations(state, kind).AddTo(Operations);
    }

    public override string SigningName => "cloudfront";

    public override SandboxResponse Render(SandboxRequest request, SandboxException error) => XmlAnswer.Error(request, error, CloudFrontAnswer.Namespace);

    public IReadOnlyList<(string Certificate, string User)> CertificateUses
    {
        get
        {
            lock (Operations.Gate)
                return [.. _state.Distributions.Values.Where(distribution => distribution.CertificateArn is not null).Select(distribution => (distribution.CertificateArn!, distribution.Arn))];
        }
    }

    public override double? RequestsPerSecond(string operation) => 10;
}
