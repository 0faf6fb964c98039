using System.Text;
using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>What is brought back along with what refers to it (<see cref="Restorer.IsPrerequisite"/>).</summary>
internal static class Prerequisites
{
    /// <summary>The resources that are named in the documents of what is wanted, or of one of them, each with the first that names it.</summary>
    /// <param name="session">What all steps share.</param>
    /// <param name="wanted">What is wanted.</param>
    /// <param name="snapshot">All that the snapshot has.</param>
    /// <param name="isMissing">Whether one would have to be brought back.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<Dictionary<SideResource, SideResource>> OfAsync(RestoreSession session, IReadOnlyCollection<SideResource> wanted, IEnumerable<SideResource> snapshot, Func<SideResource, bool> isMissing, CancellationToken cancel)
    {
        Dictionary<SideResource, SideResource> needed = [];
        List<SideResource> candidates = [.. snapshot.Except(wanted).Where(side => RestorerCatalog.Find(side.Resource.Layer, side.Resource.Kind)?.IsPrerequisite(side.Resource.Kind) == true && isMissing(side))];
        for (var open = wanted; candidates.Count > 0 && open.Count > 0;)
        {
            await session.RequireAsync(open, cancel);
            List<SideResource> named = [];
            foreach (var side in open)
            {
                var text = string.Join('\n', side.Files.Where(file => file.IsText).Select(file => Encoding.UTF8.GetString(file.Read!())));
                foreach (var candidate in candidates.Where(candidate => IsNamed(candidate.Resource, text)).ToList())
                {
                    candidates.Remove(candidate);
                    needed[candidate] = side;
                    named.Add(candidate);
                }
            }
            open = named;
        }
        await session.RequireAsync(needed.Keys, cancel);
        return needed;
    }

    // An id that is short may stand in any text.
    private static bool IsNamed(Resource resource, string text) =>
        text.Contains(resource.Arn ?? resource.Id, StringComparison.Ordinal) || (resource.Id.Length >= 10 && text.Contains(resource.Id, StringComparison.Ordinal));
}
