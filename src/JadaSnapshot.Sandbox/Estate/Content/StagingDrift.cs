using System.Text;

namespace JadaSnapshot.Sandbox.Estate.Content;

/// <summary>What staging shows that production does not yet: three pages and one style sheet, and nothing else.</summary>
internal static class StagingDrift
{
    private static readonly Dictionary<string, (string From, string To)> Changes = new(StringComparer.Ordinal)
    {
        [$"{EstateNames.Queen}/pricing.html"] = ("Book a sail from", "Book a winter sail from"),
        [$"{EstateNames.Sail}/charters.html"] = ("<h1>Charters</h1>", "<h1>Charters for spring</h1>"),
        [$"{EstateNames.Sail}/calendar.html"] = ("</main>", "  <p>New: moonlight sails in March.</p>\n  </main>"),
        [$"{EstateNames.Sale}/css/site.css"] = ("border-radius: .3rem", "border-radius: 2rem"),
    };

    public static IReadOnlyList<PlantedDrift> All { get; } =
    [
        .. from pair in EstateNames.StagingPairs
           from change in Changes.Keys
           where change.StartsWith(pair.Bucket + "/", StringComparison.Ordinal)
           select new PlantedDrift(pair, change[(pair.Bucket.Length + 1)..]),
    ];

    public static ObjectPlan Apply(string domain, ObjectPlan plan)
    {
        if (!Changes.TryGetValue($"{domain}/{plan.Key}", out var change)) return plan;
        var text = Encoding.UTF8.GetString(plan.Body!.Value.Span);
        return plan with { Body = Encoding.UTF8.GetBytes(text.Replace(change.From, change.To, StringComparison.Ordinal)) };
    }
}
