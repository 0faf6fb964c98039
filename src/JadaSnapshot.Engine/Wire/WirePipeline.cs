using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace JadaSnapshot.Engine.Wire;

/// <summary>The SDK's pipeline with our own ends: any request in, the answer's bytes out.</summary>
internal sealed class WirePipeline(AWSCredentials credentials, WireClientConfig config) : AmazonServiceClient(credentials, config)
{
    private readonly WireMarshaller _marshaller = new(config.Service, config.Endpoint);

    public async Task<WireResponse> InvokeAsync(WireCall call, CancellationToken cancel)
    {
        var answer = await InvokeAsync<WireAnswer>(call, new InvokeOptions { RequestMarshaller = _marshaller }, cancel);
        return answer.Response!;
    }

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        var config = (WireClientConfig)Config;
        pipeline.ReplaceHandler<Unmarshaller>(new VerbatimUnmarshaller());
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new WireRetryPolicy(config)));
        pipeline.AddHandlerAfter<RetryHandler>(new BudgetHandler(config.Budgets, config.Service, config.Endpoint));
        pipeline.AddHandlerAfter<Marshaller>(new AlwaysSigV4());
    }

    private sealed class AlwaysSigV4 : BaseAuthResolverHandler
    {
        protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) => AuthSchemeOption.DEFAULT_SIGV4;
    }
}
