using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Layers.Lambda;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Secrets;

/// <summary>Writes the secrets manifest from what the services say of each secret and parameter, and from what was noted of the functions' variables.</summary>
internal sealed class SecretsSummary : ISnapshotSummary
{
    public string Path => "aws-configs/secrets-manifest.json";

    public byte[]? Write(CapturedEstate estate)
    {
        if (!estate.Layers.Contains(SecretsLayer.LayerName)) return null;
        var referrers = EnvironmentReferences.Of(estate)
            .SelectMany(each => each.Resources.Select(resource => (resource.Key, Place: new VariablePlace(each.Document.Function, each.Document.Region, each.Variable.Name))))
            .ToLookup(each => each.Key, each => each.Place, StringComparer.Ordinal);
        HashSet<string> documents = new(estate.Documents, StringComparer.Ordinal);
        SecretsManifest manifest = new() { Secrets = Of(SecretsLayer.SecretKind), Parameters = Of(SecretsLayer.ParameterKind) };
        return JsonSerializer.SerializeToUtf8Bytes(manifest, StoreJson.Pages.SecretsManifest);

        IReadOnlyList<StoredSecret> Of(string kind) =>
        [
            .. from resource in estate.Resources
               where resource.Layer == SecretsLayer.LayerName && resource.Kind == kind
               let path = SecretsLayer.FolderOf(resource) + SecretsLayer.Document(kind)
               select ToStored(resource, documents.Contains(path) ? JsonElement.Parse(estate.Read(path)) : default, [.. referrers[resource.Key].Distinct()]),
        ];
    }

    private static StoredSecret ToStored(Resource resource, JsonElement described, IReadOnlyList<VariablePlace> referrers) => new()
    {
        Name = resource.Name,
        Region = resource.Region,
        Arn = resource.Arn,
        Type = described.Text("Type"),
        Tier = described.Text("Tier"),
        KmsKeyId = described.Text("KmsKeyId") ?? described.Text("KeyId"),
        RotationEnabled = described.Flag("RotationEnabled"),
        RotationLambda = described.Text("RotationLambdaARN"),
        LastRotated = described.Moment("LastRotatedDate"),
        LastChanged = described.Moment("LastChangedDate") ?? described.Moment("LastModifiedDate"),
        ReferredToBy = referrers,
    };
}
