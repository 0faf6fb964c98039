using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>A variable of a function, and the resources of the snapshot that its value speaks of.</summary>
internal sealed record EnvironmentReference(EnvironmentDocument Document, EnvironmentVariable Variable, IReadOnlyList<Resource> Resources);

/// <summary>Reads what was noted of the functions' variables, and finds what they speak of.</summary>
internal static class EnvironmentReferences
{
    /// <exception cref="JsonException">What was noted cannot be read.</exception>
    public static IReadOnlyList<EnvironmentReference> Of(CapturedEstate estate)
    {
        var names = new ResourceNames(estate);
        return
        [
            .. from path in estate.Documents
               where path.StartsWith(LambdaFolders.Functions, StringComparison.Ordinal) && path.EndsWith("/" + EnvironmentDocument.Name, StringComparison.Ordinal)
               let document = JsonSerializer.Deserialize(estate.Read(path), StoreJson.Pages.EnvironmentDocument)
               from variable in document.Variables
               let spokenOf = names.OfFingerprint(variable.Fingerprint).Concat(variable.Reference is null ? [] : names.Of(variable.Reference))
               select new EnvironmentReference(document, variable, [.. spokenOf.DistinctBy(resource => resource.Key).OrderBy(resource => resource.Key, StringComparer.Ordinal)]),
        ];
    }
}
