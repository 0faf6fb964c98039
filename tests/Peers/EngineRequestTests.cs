using Xunit;

namespace JadaSnapshot.Peers.Tests;

public sealed class EngineRequestTests(EngineRequests requests)
{
    [Fact]
    public async Task Every_request_of_the_engine_is_what_botocores_model_of_its_operation_says()
    {
        await PeerTools.RequirePythonAsync();
        var verdicts = await requests.VerdictsAsync();
        Assert.True(verdicts.Select(verdict => (verdict.Service, verdict.Operation)).Distinct().Count() > 40, "Hardly any operation was recorded.");
        Assert.Empty(verdicts.Where(verdict => verdict.Finding is not null).Select(verdict => $"{verdict.Service} {verdict.Operation}: {verdict.Finding}"));
    }
}
