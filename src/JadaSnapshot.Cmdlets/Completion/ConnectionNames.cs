using JadaSnapshot.Engine.Connections;

namespace JadaSnapshot.Completion;

/// <summary>Completes names of profiles of the shared files.</summary>
public sealed class ProfileNames : NameCompleter
{
    private protected override Task<IReadOnlyList<Candidate>> FindAsync(CommandLine line, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Candidate>>(
        [.. from profile in ConnectionChoices.Profiles(line.ProfileLocation) select new Candidate(profile.Name, profile.Region ?? profile.Name)]);
}

/// <summary>Completes names of regions.</summary>
public sealed class RegionNames : NameCompleter
{
    private protected override Task<IReadOnlyList<Candidate>> FindAsync(CommandLine line, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Candidate>>(
        [.. from region in ConnectionChoices.Regions select new Candidate(region.Name, region.Place)]);
}
