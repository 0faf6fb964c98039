namespace JadaSnapshot.Sandbox.Estate.Settings;

/// <summary>The parameters that hold no secret.</summary>
internal static class ParameterCatalogue
{
    public static IReadOnlyList<(string Name, string Type, string Value)> Plain { get; } =
    [
        ("/jada/release/channel", "String", "#releases"),
        ("/jada/crew/roster-sheet", "String", "Roster 2026"),
        ("/jada/weather/station", "String", "9410170"),
        ("/jada/sites", "StringList", string.Join(',', EstateNames.Sites)),
        ("jada-maintenance-mode", "String", "off"),
    ];
}
