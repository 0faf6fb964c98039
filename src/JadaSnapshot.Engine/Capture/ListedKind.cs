using System.Globalization;
using System.Xml.Linq;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Capture;

/// <summary>A kind of resource of which the service's list tells: each item of the list is a document of one resource.</summary>
/// <param name="Name">What such a resource is within its layer: <c>cache-policy</c>.</param>
/// <param name="List">The list.</param>
/// <param name="Folder">Where the folders of such resources stand in a snapshot, ending in a slash.</param>
internal sealed record ListedKind(string Name, XmlList List, string Folder)
{
    /// <summary>The document's name in a resource's folder.</summary>
    public string Document { get; init; } = $"{Name}.xml";

    /// <summary>What else, or what other than the rule, an item says of its resource.</summary>
    public Func<XElement, Resource, Resource> Refine { get; init; } = (_, resource) => resource;

    /// <summary>The names of a resource's own folder and of those on the way to it.</summary>
    public Func<Resource, string[]> Path { get; init; } = resource => [resource.Id];

    /// <summary>Where the files of a resource lie in a snapshot.</summary>
    public string FolderOf(Resource resource) => $"{Folder}{string.Join('/', Path(resource).Select(PathNames.FromName))}/";

    /// <summary>The resource that an item stands for. An item without an id has its name for one, and the other way round.</summary>
    public Resource Read(string layer, XElement item)
    {
        var id = item.ShallowText("Id") ?? item.ShallowText("Name") ?? "";
        return Refine(item, new()
        {
            Layer = layer,
            Kind = Name,
            Name = item.ShallowText("Name") ?? Bare(id),
            Id = Bare(id),
            Arn = item.ShallowText("ARN") ?? item.ShallowText("Arn"),
            Region = "aws-global",
            CreatedAt = Time(item.ShallowText("CreatedTime")),
            ModifiedAt = Time(item.ShallowText("LastModifiedTime")),
            Description = item.ShallowText("Comment") ?? item.ShallowText("Description"),
        });
    }

    /// <summary>An id without the path that some services put before it: <c>/hostedzone/</c>.</summary>
    public static string Bare(string id) => id[(id.LastIndexOf('/') + 1)..];

    private static DateTimeOffset? Time(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time.ToUniversalTime() : null;
}
