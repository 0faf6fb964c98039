using Amazon.Runtime;
using JadaSnapshot.Engine.Connections;

namespace JadaSnapshot.Engine.Wire;

/// <summary>What a pipeline needs to know. The SDK builds a pipeline inside a base constructor, so everything travels in its configuration.</summary>
internal sealed class WireClientConfig : BareClientConfig
{
    public WireClientConfig(AwsService service, Uri endpoint, string signingRegion, int attempts, RequestBudgets budgets)
    {
        Service = service;
        Endpoint = endpoint;
        Budgets = budgets;
        ServiceId = service.ServiceId;
        ServiceURL = endpoint.AbsoluteUri;
        AuthenticationRegion = signingRegion;
        AuthenticationServiceName = service.SigningName;
        RetryMode = RequestRetryMode.Standard;
        MaxErrorRetry = attempts - 1;
        MaxStaleConnectionRetries = 1;
        ThrottleRetries = false;
        ResignRetries = true;
        AllowAutoRedirect = false;
        HttpClientFactory = WireHttpClientFactory.Instance;
    }

    public AwsService Service { get; }

    public Uri Endpoint { get; }

    public RequestBudgets Budgets { get; }
}
