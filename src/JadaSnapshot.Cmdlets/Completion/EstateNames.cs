using JadaSnapshot.Engine.Layers.AppsScript;

namespace JadaSnapshot.Completion;

/// <summary>Completes names of sites of the estate file.</summary>
public sealed class SiteNames : NameCompleter
{
    private protected override Task<IReadOnlyList<Candidate>> FindAsync(CommandLine line, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Candidate>>(
        [.. from site in line.Estate?.Sites ?? [] select new Candidate(site.Name, string.Join(", ", site.Buckets))]);
}

/// <summary>Completes names of script projects: those of the snapshot where the command speaks of one, else those of the estate file, since Google lists none.</summary>
public sealed class ScriptProjectNames() : ResourceCompleter(AppsScriptLayer.LayerName, "script-project")
{
    private protected override Task<IReadOnlyList<Candidate>> FindAsync(CommandLine line, CancellationToken cancel) => line.SpeaksOfSnapshot && !line.Parameters.Has("Version")
        ? base.FindAsync(line, cancel)
        : Task.FromResult<IReadOnlyList<Candidate>>([.. from project in line.Estate?.ScriptProjects ?? new Dictionary<string, string>() select new Candidate(project.Key, project.Value)]);
}
