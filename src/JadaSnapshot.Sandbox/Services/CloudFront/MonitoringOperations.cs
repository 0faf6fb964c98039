using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

/// <summary>Whether a distribution tells CloudWatch its additional metrics.</summary>
internal sealed class MonitoringOperations(CloudFrontState state)
{
    private const string Subscription = "/2020-05-31/distributions/{DistributionId}/monitoring-subscription";

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateMonitoringSubscription", $"POST {Subscription}", Create);
        operations.Add("GetMonitoringSubscription", $"GET {Subscription}", call => Answer(Find(call)));
        operations.Add("DeleteMonitoringSubscription", $"DELETE {Subscription}", Delete);
    }

    private Distribution Find(Call call) => state.Distribution(call.Label("DistributionId"));

    private SandboxResponse Create(Call call)
    {
        var distribution = Find(call);
        if (distribution.MonitoringSubscription is not null)
            throw new SandboxException(409, "MonitoringSubscriptionAlreadyExists", "A monitoring subscription already exists for the specified distribution.");
        distribution.MonitoringSubscription = KeptXml.From(call, call.Xml.Named("MonitoringSubscription"));
        return Answer(distribution);
    }

    private SandboxResponse Delete(Call call)
    {
        var distribution = Find(call);
        Answer(distribution);
        distribution.MonitoringSubscription = null;
        return new SandboxResponse();
    }

    private static SandboxResponse Answer(Distribution distribution) => CloudFrontAnswer.Of(distribution.MonitoringSubscription?.Element()
        ?? throw new SandboxException(404, "NoSuchMonitoringSubscription", "A monitoring subscription does not exist for the specified distribution."));
}
