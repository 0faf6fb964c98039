using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Xunit;

namespace JadaSnapshot.Peers.Tests;

public sealed class EngineRequestTests(EngineRequests requests)
{
    // Of WebSocket APIs, and of domain names that route by rules: the estate has neither.
    private static readonly string[] NotInTheEstate = ["GetIntegrationResponses", "GetRouteResponses", "ListRoutingRules"];

    [Fact]
    public async Task Every_request_of_the_engine_is_what_botocores_model_of_its_operation_says()
    {
        await PeerTools.RequirePythonAsync();
        var verdicts = await requests.VerdictsAsync();
        Assert.True(verdicts.Select(verdict => (verdict.Service, verdict.Operation)).Distinct().Count() > 40, "Hardly any operation was recorded.");
        Assert.Empty(verdicts.Where(verdict => verdict.Finding is not null).Select(verdict => $"{verdict.Service} {verdict.Operation}: {verdict.Finding}"));
    }

    [Fact]
    public async Task No_operation_that_the_engine_names_goes_unasked()
    {
        await PeerTools.RequirePythonAsync();
        var asked = (await requests.VerdictsAsync()).Select(verdict => verdict.Operation).ToHashSet(StringComparer.Ordinal);
        var known = SandboxOperations.All().Select(row => row.Data.Item2);
        var named = TextsOf(typeof(Engine.Capture.CaptureRun).Assembly.Location).Intersect(known).ToList();
        Assert.True(named.Count > 100, "The engine's code names hardly any operation.");
        var unasked = named.Except(asked).Except(NotInTheEstate).Order(StringComparer.Ordinal).ToList();
        Assert.True(unasked.Count == 0, $"Nothing in {nameof(EngineRequests)} asks for {string.Join(", ", unasked)}.");
    }

    /// <summary>Every text that stands in the code of an assembly.</summary>
    private static IEnumerable<string> TextsOf(string path)
    {
        using var file = File.OpenRead(path);
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        for (var handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = metadata.GetNextHandle(handle)) yield return metadata.GetUserString(handle);
    }
}
