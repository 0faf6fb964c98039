using JadaSnapshot.Sandbox.Services.AppsScript;

namespace JadaSnapshot.Sandbox.Estate.Scripts;

/// <summary>The four script projects: of JADA, of the Rady Shell concerts as they are and as they were, and of EYD.</summary>
internal static class ScriptCatalogue
{
    private const string Script = ScriptFile.Script;
    private const string Page = "HTML";

    public static IReadOnlyList<ScriptPlan> All { get; } =
    [
        new("jada-main", "JADA", Jada("bookings", 210), Jada("bookings, waivers", 90) with { Deployment = "Bookings web app" }, Jada("bookings, waivers, gift cards", 30) with { Deployment = "Bookings web app" }, Jada("work in progress", 4)),
        new("rady-shell", "Rady Shell", Rady("season 2025", 160) with { Deployment = "Crew" }, Rady("season 2026", 40) with { Deployment = "Public" }, Rady("season 2026, rain dates", 6)),
        new("rady-shell-legacy", "Rady Shell (Legacy)", Legacy(700), Legacy(640)) { ParentId = "1JadaRadyShellSheetOf2023xxxxxxxxxxxxxxxxxxxx" },
        new("eyd", "EYD", Eyd("first", 80), Eyd("second", 20)),
    ];

    private static ScriptStage Jada(string note, int daysAgo) => new(daysAgo,
    [
        Manifest("""{"libraryId":"1B7FSrk57A1B_Lp3ssLDZnDoW0vlnrVLsn6nN4XVq0qDsRd1cYpQ0jada","userSymbol":"Calendars","version":"14","developmentMode":false}""",
            """{"access":"ANYONE_ANONYMOUS","executeAs":"USER_DEPLOYING"}"""),
        ("zz/Setup", Script, "// Loaded before all others: the others use SITE at load time.\nvar SITE = {name: 'Queen of San Diego', zone: 'America/Los_Angeles'};\n"),
        ("Code", Script, $"/** {note} */\nvar TITLE = SITE.name + ' – Bögen & Café ⛵';\n\nfunction doGet(e) {{\n  return HtmlService.createTemplateFromFile('pages/Booking').evaluate();\n}}\n"),
        ("lib/Dates", Script, "function nightOf(date) {\r\n  return Utilities.formatDate(date, SITE.zone, 'yyyy-MM-dd');\r\n}\r\n"),
        ("lib/mail/Confirmations", Script, "function confirm(booking) {\n\tGmailApp.sendEmail(booking.email, 'Ahoy 🎉', '');\n}"),
        ("pages/Booking", Page, "<!DOCTYPE html>\n<html>\n<head><base target=\"_top\"><?!= include('pages/Style'); ?></head>\n<body>\n<h1><?= TITLE ?></h1>\n</body>\n</html>\n"),
        ("pages/Style", Page, "<style>h1 { font-family: \"Playfair Display\"; }</style>\n"),
    ]) { Description = note };

    private static ScriptStage Rady(string note, int daysAgo) => new(daysAgo,
    [
        ("Concerts", Script, $"// {note}\nfunction listConcerts() {{\n  return Calendars.of('Rady Shell');\n}}\n"),
        Manifest(),
        ("Boats", Script, "function boatsFor(concert) {\n  return concert.boats.filter(boat => boat.seats > 0);\n}\n"),
        ("Sidebar", Page, "<p>Plätze: <span id=\"seats\"></span></p>\n"),
    ]) { Description = note };

    private static ScriptStage Legacy(int daysAgo) => new(daysAgo,
    [
        Manifest(),
        ("Code", Script, $"function onOpen() {{\n  SpreadsheetApp.getUi().createMenu('Shell {daysAgo}').addToUi();\n}}\n"),
        ("Old code (do not use)", Script, "function old() {}\n"),
    ]);

    private static ScriptStage Eyd(string note, int daysAgo) => new(daysAgo,
    [
        Manifest(),
        ("Code", Script, $"const note = '{note}';\n"),
        ("Code.test", Script, "function testAll() {\n  Logger.log(note);\n}\n"),
    ]) { Description = note };

    private static (string, string, string) Manifest(string? library = null, string? webApp = null) => (ScriptFile.ManifestName, ScriptFile.Manifest,
        $$"""
        {
          "timeZone": "America/Los_Angeles",
          "dependencies": { {{(library is null ? "" : $"\"libraries\": [{library}]")}} },
          {{(webApp is null ? "" : $"\"webapp\": {webApp},")}}
          "exceptionLogging": "STACKDRIVER",
          "runtimeVersion": "V8"
        }
        """);
}
