using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>Finds which live resource stands for which of the snapshot's: by what an earlier restore noted, by id or name, and by what tells it from others in any account.</summary>
internal sealed class RestoreMatching(RestoreSession session, IReadOnlyList<SideResource> snapshot, IReadOnlyCollection<Resource> listed, IReadOnlyList<SideResource> read)
{
    private readonly Dictionary<string, SideResource> _read = read.ToDictionary(side => side.Resource.Key, StringComparer.Ordinal);
    private readonly Dictionary<string, Resource> _known = listed.DistinctBy(resource => resource.Key).ToDictionary(resource => resource.Key, StringComparer.Ordinal);
    private readonly Dictionary<string, string> _matched = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ambiguous = new(StringComparer.Ordinal);

    /// <summary>Matches all, and learns what things are called.</summary>
    /// <exception cref="Store.StoreException">A document of the snapshot is not as it was captured.</exception>
    public async Task MatchAsync(CancellationToken cancel)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (var side in snapshot)
            if (ByName(side.Resource) is { } live && taken.Add(live.Key)) _matched[side.Resource.Key] = live.Key;
        await MatchByIdentityAsync(taken, cancel);
        // Of what was not read live nothing is learned but its id, unless an earlier restore noted more.
        await session.RequireAsync(snapshot.Where(side => Live(side) is { } live && (live.Files.Count > 0 || session.Journal.Made(side.Resource.Key) is not null)), cancel);
        foreach (var side in snapshot)
            if (Live(side) is { } live && RestorerCatalog.Find(side.Resource.Layer, side.Resource.Kind) is { } restorer)
            {
                session.Learn(restorer, side, live.Resource.Id, live.Resource.Arn, restorer.OtherIdentifiers(live.Resource, RestoreSession.DocumentsOf(live)) is { Count: > 0 } others ? others : session.Journal.Made(side.Resource.Key)?[2..] ?? []);
                if (live.Files.Count == 0) continue;
                foreach (var (from, to) in restorer.Counterparts(RestoreSession.DocumentsOf(side), RestoreSession.DocumentsOf(live))) session.Map.Add(from, to);
            }
    }

    /// <summary>What stands for a resource; without documents where it was not read, and null where nothing does.</summary>
    public SideResource? Live(SideResource side) => _matched.TryGetValue(side.Resource.Key, out var key) ? SideOf(_known[key]) : null;

    /// <summary>Whether several live resources could be it, and none can be told from the others.</summary>
    public bool IsAmbiguous(SideResource side) => _ambiguous.Contains(side.Resource.Key);

    /// <summary>The live resources that stand for nothing of the snapshot, with their documents where they were read.</summary>
    public IEnumerable<SideResource> Others => _known.Values.ExceptBy(_matched.Values, resource => resource.Key).Select(SideOf);

    private SideResource SideOf(Resource resource) => _read.GetValueOrDefault(resource.Key) ?? new(resource, false, []);

    private Resource? ByName(Resource resource)
    {
        if (RestorerCatalog.Find(resource.Layer, resource.Kind) is not { } restorer) return null;
        var region = session.Map.Region(resource.Region);
        if (session.Journal.Made(resource.Key) is [var made, ..] && _known.TryGetValue($"{resource.Layer}/{resource.Kind}/{region}/{made}", out var noted)) return noted;
        var id = restorer.Naming(resource.Kind) switch
        {
            Naming.Chosen => resource.Id == restorer.ChosenName(resource) ? session.Map.Name(resource.Id) : session.Map.Of(resource.Id),
            // The settings of a region are called by it.
            _ when resource.Id == resource.Region => region,
            Naming.Given when session.Target.Names.Count > 0 || session.Target.NamePrefix.Length > 0 => null,
            _ => resource.Id,
        };
        return id is null ? null : _known.GetValueOrDefault($"{resource.Layer}/{resource.Kind}/{region}/{id}");
    }

    private async Task MatchByIdentityAsync(HashSet<string> taken, CancellationToken cancel)
    {
        var candidates = _known.Values.Where(resource => !taken.Contains(resource.Key)).ToLookup(resource => (resource.Layer, resource.Kind, resource.Region));
        var groups = snapshot.Where(side => !_matched.ContainsKey(side.Resource.Key)).GroupBy(side => (side.Resource.Layer, side.Resource.Kind, Region: session.Map.Region(side.Resource.Region))).Where(group => candidates.Contains(group.Key)).ToList();
        await session.RequireAsync(groups.SelectMany(group => group), cancel);
        foreach (var group in groups)
        {
            if (RestorerCatalog.Find(group.Key.Layer, group.Key.Kind) is not { } restorer || restorer.Naming(group.Key.Kind) != Naming.Given) continue;
            var live = candidates[group.Key].ToLookup(resource => restorer.Identity(resource, _read.TryGetValue(resource.Key, out var side) ? RestoreSession.DocumentsOf(side) : new(new Dictionary<string, byte[]>())) ?? "", StringComparer.Ordinal);
            foreach (var same in group.GroupBy(side => Named(restorer.Identity(side.Resource, RestoreSession.DocumentsOf(side)), restorer, side.Resource) ?? "", StringComparer.Ordinal))
            {
                if (same.Key.Length == 0 || !live[same.Key].Any()) continue;
                if (same.Count() == 1 && live[same.Key].Count() == 1) _matched[same.Single().Resource.Key] = live[same.Key].Single().Key;
                else foreach (var side in same) _ambiguous.Add(side.Resource.Key);
            }
        }
    }

    private string? Named(string? identity, Restorer restorer, Resource resource) => identity is not null && identity == restorer.ChosenName(resource) ? session.Map.Name(identity) : identity;
}
