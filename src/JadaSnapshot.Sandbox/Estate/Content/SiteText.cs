namespace JadaSnapshot.Sandbox.Estate.Content;

/// <summary>What a site is about, and the words that its pages are made of.</summary>
internal sealed record SiteText(string Domain, string Title, string Tagline, string Accent, IReadOnlyList<string> Topics)
{
    public static IReadOnlyList<SiteText> Sites { get; } =
    [
        new(EstateNames.Queen, "Queen of San Diego", "Private charters on the big bay", "#b4862c",
            ["index", "charters", "sunset", "wedding", "corporate", "birthday", "skyline", "fleet", "menu", "gallery", "captain", "harbor", "reviews", "pricing", "faq", "gift", "contact", "press", "safety", "terms"]),
        new(EstateNames.Sail, "Sail JADA", "A 1938 yacht under sail, six guests at a time", "#1b5e8c",
            ["index", "charters", "yacht", "history", "restoration", "sailplan", "whales", "regatta", "pointloma", "coronado", "crew", "lessons", "calendar", "gallery", "reviews", "pricing", "faq", "gift", "contact", "press", "privacy", "terms"]),
        new(EstateNames.Sale, "Sale JADA", "Boats, gear and gift certificates", "#8c2f39",
            ["index", "boats", "gear", "sails", "rigging", "consign", "survey", "finance", "delivery", "gifts", "auction", "brokers", "sold", "faq", "contact", "terms"]),
    ];

    public static IReadOnlyList<string> Sentences { get; } =
    [
        "We leave the dock at Shelter Island an hour before sunset and are back when the city lights up.",
        "Six guests, one captain and a deckhand who knows every sea lion by name.",
        "The wind comes from the northwest most afternoons, ten to fourteen knots, and it is warm until October.",
        "She was built of teak on oak, and every plank above the waterline is original.",
        "Bring soft shoes and a jacket; blankets, drinks and the playlist are on us.",
        "From November to April we look for grey whales off Point Loma, and we find them nine days in ten.",
        "Past the carriers and under the bridge, close enough to the Rady Shell to hear the encore.",
        "If the small-craft flag is up we call you by noon and move your date, without a fee.",
        "Gift certificates do not expire, and can be split between two sails.",
        "The galley has a stove, the cabin has a couch, and the bow has the best seat on the bay.",
    ];
}
