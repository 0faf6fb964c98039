using JadaSnapshot.Engine.Store;
using JadaSnapshot.Formatting;

namespace JadaSnapshot.Completion;

/// <summary>Completes names of resources: those of the snapshot where the command speaks of one, else of what there is now, and where that cannot be asked, those of the newest snapshot.</summary>
public abstract class ResourceCompleter : NameCompleter
{
    private const int AliasesShown = 5;

    private readonly string? _layer;
    private readonly IReadOnlyList<string>? _kinds;

    /// <param name="layer">The layer; null for those that were typed, or all.</param>
    /// <param name="kinds">The kinds; all where none is named.</param>
    private protected ResourceCompleter(string? layer, params string[] kinds) => (_layer, _kinds) = (layer, kinds.Length > 0 ? kinds : null);

    /// <summary>Whether only ids are taken.</summary>
    private protected virtual bool IsById => false;

    private protected override async Task<IReadOnlyList<Candidate>> FindAsync(CommandLine line, CancellationToken cancel)
    {
        IReadOnlyList<string> layers = _layer is { } layer ? [layer] : line.Parameters.Texts("Layer") ?? [];
        var resources = line.SpeaksOfSnapshot ? Wanted(await line.ResourcesAsync(cancel), layers) : await LiveAsync(line, layers, cancel);
        var shared = resources.CountBy(resource => resource.Name, StringComparer.OrdinalIgnoreCase).Where(name => name.Value > 1).Select(name => name.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. resources.OrderBy(resource => resource.Name, StringComparer.OrdinalIgnoreCase).Select(resource => ToCandidate(resource, IsById || shared.Contains(resource.Name)))];
    }

    private async Task<IReadOnlyCollection<Resource>> LiveAsync(CommandLine line, IReadOnlyList<string> layers, CancellationToken cancel)
    {
        var live = line.Connection is { } options ? await LiveResources.ListAsync(options, layers, _kinds, cancel) : [];
        return live.Count == 0 && line.Estate?.Store is { } store && LatestSnapshot.Before("", store) is { } latest ? Wanted(SnapshotReader.ReadResources(Path.Join(store, latest)), layers) : live;
    }

    private IReadOnlyCollection<Resource> Wanted(IReadOnlyCollection<Resource> resources, IReadOnlyList<string> layers) =>
    [
        .. from resource in resources
           where (layers.Count == 0 || layers.Contains(resource.Layer, StringComparer.OrdinalIgnoreCase)) && _kinds?.Contains(resource.Kind) != false
           select resource,
    ];

    // Where the service gives ids, people also know it by them, and by its other names.
    private static Candidate ToCandidate(Resource resource, bool isById) => resource.Id == resource.Name
        ? new(resource.Name, ToolTip(resource))
        : new(resource.Name, ToolTip(resource))
        {
            Text = isById ? resource.Id : null,
            OtherNames = isById ? [resource.Id] : [resource.Id, .. resource.OtherNames, .. resource.Arn is { } arn ? [arn] : Array.Empty<string>()],
        };

    private static string ToolTip(Resource resource)
    {
        var names = resource.Id == resource.Name ? [] : resource.OtherNames.Prepend(resource.Id).ToList();
        string?[] parts =
        [
            $"{resource.Kind.Replace('-', ' ')} in {resource.Region}", resource.Description,
            names.Count == 0 ? null : string.Join(", ", names.Take(AliasesShown)) + (names.Count > AliasesShown ? ", …" : ""),
            (resource.ModifiedAt, resource.CreatedAt) switch
            {
                ({ } changed, _) => $"changed {Display.Day(changed)}",
                (_, { } created) => $"created {Display.Day(created)}",
                _ => null,
            },
        ];
        return string.Join("; ", parts.Where(part => !string.IsNullOrEmpty(part)));
    }
}
