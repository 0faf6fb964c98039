using System.Globalization;
using System.Text.Json;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>
/// Publishes the versions of a function again, in their order. A version cannot be written, only published of what the function is at that moment:
/// so the function becomes each of them, and then itself again. A live version that is the same is taken for it.
/// </summary>
internal static class FunctionVersions
{
    public static async Task PutAsync(RestoreWork work, CancellationToken cancel)
    {
        var live = await LambdaCalls.ListAsync(work, "ListVersionsByFunction", LambdaService.PathOf(work.Name, "/versions"), "Versions", cancel);
        List<JsonElement> published = [.. live.Where(version => version.Text("Version") != LambdaRegion.Latest)];
        var latest = new FunctionLatest(work, live.First(version => version.Text("Version") == LambdaRegion.Latest));
        var changed = false;
        foreach (var (number, described) in Wanted(work))
        {
            var wanted = described.Member("Configuration");
            // Lambda gives the same number to what is the same: rather one that was in its place.
            var known = published.FindIndex(version => version.Text("Version") == VersionNumbers.Of(work.Resource, number, work.Map) && IsSame(version, wanted));
            if (known < 0) known = published.FindIndex(version => IsSame(version, wanted));
            if (known < 0)
            {
                var description = wanted.Text("Description");
                await latest.BecomeAsync(described, withDescription: description is null, cancel);
                changed = true;
                published.Add((await LambdaCalls.SendAsync(work, LambdaCalls.Request("PublishVersion", "POST", LambdaService.PathOf(work.Name, "/versions"), json =>
                {
                    json.WriteVerbatim("CodeSha256", wanted.Member("CodeSha256"));
                    if (description is not null) json.WriteString("Description", description);
                }), cancel)).Json());
                known = published.Count - 1;
            }
            if (work.Resource.Arn is { } arn && published[known].Text("FunctionArn") is { } there && work.Map.Of($"{arn}:{number}") != there) work.Learn($"{arn}:{number}", there);
            published.RemoveAt(known);
        }
        if (changed) await latest.BecomeAsync(work.Documents.Json(FunctionView.Document), withDescription: true, cancel);
        if (changed && !work.IsNew) work.Note($"While versions of {work.Name} were published again, $LATEST was each of them for a moment.");
    }

    /// <summary>Deletes the versions that the snapshot does not have, once no alias leads to them any more.</summary>
    public static async Task PruneAsync(RestoreWork work, CancellationToken cancel)
    {
        if (!work.Target.Prune || work.IsNew) return;
        var wanted = Wanted(work).Select(version => VersionNumbers.Of(work.Resource, version.Number, work.Map)).Append(LambdaRegion.Latest).ToHashSet(StringComparer.Ordinal);
        foreach (var version in await LambdaCalls.ListAsync(work, "ListVersionsByFunction", LambdaService.PathOf(work.Name, "/versions"), "Versions", cancel))
            if (version.Text("Version") is { } number && !wanted.Contains(number))
                await LambdaCalls.SendAsync(work, LambdaCalls.Delete("DeleteFunction", LambdaService.PathOf(work.Name), new KeyValuePair<string, string>("Qualifier", number)), cancel);
    }

    private static IEnumerable<(string Number, JsonElement Described)> Wanted(RestoreWork work)
    {
        var documents = work.Documents;
        return work.DocumentNames.Where(name => name.StartsWith(FunctionView.Versions, StringComparison.Ordinal))
            .Select(name => (Number: name[FunctionView.Versions.Length..^".json".Length], Described: documents.Json(name)))
            .OrderBy(version => long.TryParse(version.Number, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue);
    }

    private static bool IsSame(JsonElement live, JsonElement wanted) =>
        live.Text("CodeSha256") == wanted.Text("CodeSha256") && live.Member("Architectures").IsSame(wanted.Member("Architectures")) && FunctionRequest.AreAlike(live, wanted, withDescription: true);
}
