using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Connections.Google;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Estate;

/// <summary>Holds what an estate file declares against what is really there.</summary>
public sealed class EstateCheck(AwsConnection connection, EstateDocument document)
{
    private readonly EstateFindings _findings = new(document);
    private readonly EstateFile _estate = document.Require();

    /// <summary>What is wrong, in the order in which it stands in the file.</summary>
    /// <param name="onProblem">Is told of what cannot be asked, from any thread; of that nothing is said.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ServiceException">The caller cannot be identified.</exception>
    public async Task<IReadOnlyList<EstateFinding>> RunAsync(Action<Problem> onProblem, CancellationToken cancel)
    {
        var live = await LiveEstate.ReadAsync(connection, onProblem, cancel);
        if (EstateAccount.Fault(_estate, live.Account) is { } fault) _findings.Error("/account", fault);
        CheckNames(live);
        new LocalCheck(_estate, _findings).Run();
        using var look = new BucketLook(connection);
        await Task.WhenAll(
            new StagingCheck(_estate, live, look, _findings).RunAsync(onProblem, cancel),
            new PatternCheck(_estate, live, look, _findings).RunAsync(onProblem, cancel),
            CheckScriptsAsync(cancel));
        return _findings.InOrder;
    }

    private void CheckNames(LiveEstate live)
    {
        foreach (var site in _estate.Sites)
        {
            var path = EstateFindings.Pointer("sites", site.Name);
            _findings.Absent($"{path}/zones", site.Zones, live.Zones, "hosted zone");
            _findings.Absent($"{path}/buckets", site.Buckets, live.Buckets, "bucket");
            _findings.Absent($"{path}/distributions/production", site.ProductionDistributions, Ids(live), "distribution");
            _findings.Absent($"{path}/distributions/staging", site.StagingDistributions, Ids(live), "distribution");
        }
        _findings.Absent("/snapshot/instanceSnapshots", _estate.Snapshot.InstanceSnapshots, live.Instances, "Lightsail instance");
    }

    private async Task CheckScriptsAsync(CancellationToken cancel)
    {
        if (_estate.ScriptProjects.Count == 0) return;
        try
        {
            using var google = GoogleConnection.Open(new());
            await Task.WhenAll(_estate.ScriptProjects.Select(project => CheckScriptAsync(google, project.Key, project.Value, cancel)));
        }
        catch (ServiceException exception)
        {
            _findings.Warning("/scriptProjects", $"Whether these projects are there cannot be told. {exception.Message}");
        }
    }

    private async Task CheckScriptAsync(GoogleConnection google, string name, string id, CancellationToken cancel)
    {
        try
        {
            await google.GetAsync("projects.get", $"v1/projects/{Uri.EscapeDataString(id)}", cancel);
        }
        catch (ServiceException exception)
        {
            _findings.Error(EstateFindings.Pointer("scriptProjects", name), exception.Message);
        }
    }

    private static IReadOnlyList<string>? Ids(LiveEstate live) => live.Distributions is { } found ? [.. found.Select(distribution => distribution.DistributionId)] : null;
}
