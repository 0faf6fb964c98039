using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>Which live resources a restore reads; the others are only listed.</summary>
/// <param name="session">What all steps share.</param>
/// <param name="wanted">What is restored.</param>
/// <param name="layers">The layers that are restored.</param>
/// <param name="projects">The ids of the script projects that are looked at.</param>
internal sealed class RestoreReading(RestoreSession session, IReadOnlyList<SideResource> wanted, IReadOnlyList<string> layers, IEnumerable<string> projects)
{
    private readonly HashSet<(string, string)> _kinds = [.. wanted.Select(KindOf)];
    private readonly HashSet<string> _ids = new(wanted.SelectMany(side => IdsOf(session, side.Resource)).Concat(projects), StringComparer.Ordinal);

    private bool IdsStay => session.IsSamePlace && !session.Target.Prune;

    /// <summary>Whether a resource is read as soon as it is listed: where ids stay, those that are wanted; elsewhere, all that could be one of them.</summary>
    public bool Reads(Resource resource) => HasDocuments(resource) && (IdsStay
        ? _ids.Contains(resource.Id)
        : _kinds.Contains((resource.Layer, resource.Kind)) || NeedsDocuments(resource) || (session.Target.Prune && layers.Contains(resource.Layer)));

    /// <summary>Whether a resource is read after all, once everything is listed: it may stand for one that is not there under its id, or have the secret of one that nobody knows.</summary>
    public Func<Resource, bool> ReadsThen(IReadOnlyCollection<Resource> listed)
    {
        var there = listed.Select(resource => resource.Id).ToHashSet(StringComparer.Ordinal);
        var unsure = IdsStay ? wanted.Where(side => !IdsOf(session, side.Resource).Any(there.Contains) || HasUnknownSecrets(side)).Select(KindOf).ToHashSet() : [];
        return resource => HasDocuments(resource) && NeedsDocuments(resource) && unsure.Contains((resource.Layer, resource.Kind));
    }

    /// <summary>Whether the files of a resource are documents.</summary>
    public static bool HasDocuments(Resource resource) => RestorerCatalog.Find(resource.Layer, resource.Kind)?.HasDocuments(resource.Kind) != false;

    private bool HasUnknownSecrets(SideResource side) => side.Files.Any(file => file.IsText && session.Secrets.AreMissing(side.Resource.Name, file.Path, file.Read!()));

    private static bool NeedsDocuments(Resource resource) => RestorerCatalog.Find(resource.Layer, resource.Kind)?.IdentityIsInDocuments(resource.Kind) == true;

    private static IEnumerable<string> IdsOf(RestoreSession session, Resource resource) => [resource.Id, .. session.Journal.Made(resource.Key)?[..1] ?? []];

    private static (string, string) KindOf(SideResource side) => (side.Resource.Layer, side.Resource.Kind);
}
