using System.Text.Json;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.AppsScript;

/// <summary>Makes a project show what the snapshot says: to its users first, whose versions are made of files put for a moment, then to its makers.</summary>
internal sealed class ScriptRestore(RestoreWork work)
{
    private const int MostVersions = 200;
    private const int MostDeployments = 20;

    private readonly ScriptCalls _calls = new(work.Context.Google, work.RequiredId);
    private readonly ScriptDocuments _wanted = new(work.Resource, work.Documents);
    private readonly Dictionary<long, long> _numbers = [];
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);
    private List<JsonElement> _deployments = [];
    private List<long> _versions = [];

    /// <exception cref="ServiceException">Google refuses.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        _deployments = await _calls.ListAsync("deployments", cancel);
        _versions = [.. (await _calls.ListAsync("versions", cancel)).Select(version => version.Number("versionNumber")).OfType<long>().Order()];
        var captured = new ScriptDocuments(work.Resource, work.Original).Deployments.Select(each => each.Text("deploymentId") ?? "");
        foreach (var (deployment, id) in _wanted.Deployments.Zip(captured).Where(each => ScriptProjectView.VersionOf(each.First) is not null).OrderBy(each => ScriptProjectView.VersionOf(each.First)))
        {
            try
            {
                await PutAsync(deployment, id, cancel);
            }
            catch (Exception exception) when (exception is ServiceException or InvalidDataException)
            {
                // The files are to be right all the same.
                work.Fail($"Deployment {deployment.Text("deploymentId")}: {exception.Message}");
            }
        }
        if (!ScriptContent.IsSame(await _calls.ContentAsync(null, cancel), _wanted.Head)) await _calls.PutContentAsync(_wanted.Head, cancel);
        if (work.IsNew && HeadOf(_wanted.Deployments) is { } head && HeadOf(_deployments) is { } live) work.Learn(head, live);
    }

    private async Task PutAsync(JsonElement deployment, string captured, CancellationToken cancel)
    {
        var (id, config) = (deployment.Text("deploymentId") ?? "", deployment.Member("deploymentConfig"));
        var live = _deployments.Find(each => each.Text("deploymentId") == id && !_made.Contains(id));
        var number = await NumberOfAsync(ScriptProjectView.VersionOf(deployment)!.Value, ScriptProjectView.VersionOf(live), cancel);
        if (live.ValueKind != JsonValueKind.Undefined)
        {
            var has = live.Member("deploymentConfig");
            if (has.Number("versionNumber") != number || has.Text("description") != config.Text("description") || has.Text("manifestFileName") != config.Text("manifestFileName"))
                await _calls.UpdateDeploymentAsync(id, config, number, cancel);
            return;
        }
        var made = Orphan(config, number) is { ValueKind: not JsonValueKind.Undefined } orphan ? orphan : await CreateAsync(config, number, cancel);
        _made.Add(made.Text("deploymentId")!);
        work.Learn(captured, made.Text("deploymentId")!);
        var address = made.Items("entryPoints").Select(entry => entry.Member("webApp").Text("url")).OfType<string>().FirstOrDefault();
        work.Note($"The deployment {(config.Text("description") is { } said ? $"'{said}' " : "")}was gone and has a new id: {made.Text("deploymentId")}{(address is null ? "" : $", and a new address: {address}")}. Whoever uses {captured} has to learn it.");
    }

    private async Task<JsonElement> CreateAsync(JsonElement config, long number, CancellationToken cancel)
    {
        if (_deployments.Count(each => ScriptProjectView.VersionOf(each) is not null) >= MostDeployments)
            throw new InvalidDataException($"The project has {MostDeployments} deployments of versions, and Google allows no more: archive one in the script editor (Deploy, Manage deployments), then run this again.");
        var made = await _calls.CreateDeploymentAsync(config, number, cancel);
        _deployments.Add(made);
        return made;
    }

    // What a call has made whose answer was lost: equal, and nothing that the snapshot knows.
    private JsonElement Orphan(JsonElement config, long number) => _deployments.Find(each =>
        ScriptProjectView.VersionOf(each) == number && each.Member("deploymentConfig").Text("description") == config.Text("description")
        && !_made.Contains(each.Text("deploymentId")!) && !_wanted.Deployments.Any(wanted => work.Map.Of(wanted.Text("deploymentId") ?? "") == each.Text("deploymentId")));

    // Versions never change: the one of that number is it where it is of this project, else one that was made of the same files, else a new one.
    private async Task<long> NumberOfAsync(long wanted, long? deployed, CancellationToken cancel)
    {
        if (_numbers.TryGetValue(wanted, out var known)) return known;
        var content = _wanted.Version(wanted);
        if (content.ValueKind == JsonValueKind.Undefined) throw new InvalidDataException($"The files of version {wanted} were not captured.");
        foreach (var candidate in new[] { wanted, deployed ?? 0, _versions.LastOrDefault() }.Distinct().Where(_versions.Contains))
            if (ScriptContent.IsSame(await _calls.ContentAsync(candidate, cancel), content)) return _numbers[wanted] = candidate;
        if (_versions.Count >= MostVersions)
            throw new InvalidDataException($"Version {wanted} is gone, and the project has {MostVersions} versions, of which Google allows no more: delete some in the script editor (Project History), then run this again.");
        await _calls.PutContentAsync(content, cancel);
        var number = await _calls.CreateVersionAsync(_wanted.DescriptionOf(wanted), cancel);
        _versions.Add(number);
        if (number != wanted) work.Note($"What was version {wanted} is version {number} now.");
        return _numbers[wanted] = number;
    }

    private static string? HeadOf(IEnumerable<JsonElement> deployments) => deployments.FirstOrDefault(each => ScriptProjectView.VersionOf(each) is null).Text("deploymentId");
}
