using System.Text.Json;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;
using Redaction = JadaSnapshot.Engine.Capture.Redaction;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>A kind of resource of which a list tells everything: each item of the list is a document of one resource.</summary>
/// <param name="Name">What such a resource is within the layer: <c>rest-api</c>.</param>
/// <param name="Service">The version of the service that lists them.</param>
/// <param name="List">The list.</param>
/// <param name="Single">The operation that tells of one alone.</param>
internal sealed record ApiKind(string Name, AwsService Service, JsonList List, string Single)
{
    public string IdMember { get; init; } = "id";

    public string NameMember { get; init; } = "name";

    /// <summary>What the operation for one needs beside the id.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> SingleParameters { get; init; } = [];

    public Redaction? WithoutSecrets { get; init; }

    /// <summary>All kinds that the list holds.</summary>
    public IReadOnlyList<string> Names { get; init; } = [Name];

    /// <summary>What an item is, where the list holds several kinds.</summary>
    public Func<JsonElement, string> KindOf { get => field ?? (_ => Name); init; }

    /// <summary>One line about an item.</summary>
    public Func<JsonElement, string?> Describe { get; init; } = static item => item.Text("description");

    /// <summary>The document's name in the folder of a resource.</summary>
    public string Document { get; init; } = $"{Name}.json";

    /// <summary>The request for one resource alone.</summary>
    public WireRequest Request(Resource resource) => ApiGatewayServices.Get(Single, WirePath.Of(List.Path + "/{}", resource.Id), SingleParameters);

    /// <summary>The resource that an item stands for.</summary>
    public Resource Read(JsonElement item, string region)
    {
        var id = item.Text(IdMember) ?? "";
        return new()
        {
            Layer = ApiGatewayLayer.LayerName,
            Kind = KindOf(item),
            Name = item.Text(NameMember) ?? id,
            Id = id,
            Arn = $"arn:{Fn.Partition(region).name}:apigateway:{region}::{List.Path.Replace("/v2/", "/", StringComparison.Ordinal)}/{id}",
            Region = region,
            CreatedAt = ApiTime.Of(item, "createdDate"),
            ModifiedAt = ApiTime.Of(item, "lastUpdatedDate"),
            Description = Describe(item),
        };
    }

    /// <summary>Where the files of a resource lie in a snapshot. Names need not be unique, so the id stands below them.</summary>
    public static string FolderOf(Resource resource)
    {
        var region = $"aws-configs/apigateway/{PathNames.FromName(resource.Region)}/";
        if (resource.Kind == ApiKinds.Account) return $"{region}account/";
        var folder = $"{region}{resource.Kind}s/{PathNames.FromName(resource.Name)}/";
        return resource.Id == resource.Name ? folder : $"{folder}{PathNames.FromName(resource.Id)}/";
    }
}
