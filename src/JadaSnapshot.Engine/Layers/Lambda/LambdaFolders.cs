using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>Where the files of Lambda's resources lie in a snapshot, by their kinds.</summary>
internal static class LambdaFolders
{
    public const string Function = "function", LayerVersion = "layer-version", CodeSigningConfig = "code-signing-config", EventSourceMapping = "event-source-mapping";
    public const string Functions = "lambda-functions/";

    private const string Others = "aws-configs/lambda/";

    /// <summary>A resource's folder, ending in a slash.</summary>
    public static string Of(Resource resource) => resource.Kind switch
    {
        Function => Functions + Path(resource.Name, resource.Region),
        LayerVersion when LayerVersionArn.Parse(resource.Id) is var (account, name, number) => $"{Others}layers/{Path(resource.Region, account, name, number)}",
        _ => $"{Others}{resource.Kind}s/{Path(resource.Region, resource.Id)}",
    };

    private static string Path(params IEnumerable<string> names) => string.Concat(names.Select(name => PathNames.FromName(name) + "/"));
}
