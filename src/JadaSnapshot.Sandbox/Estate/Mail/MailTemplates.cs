using System.Text.Json.Nodes;

namespace JadaSnapshot.Sandbox.Estate.Mail;

internal static class MailTemplates
{
    public static IReadOnlyList<(string Name, JsonObject Content)> All { get; } =
    [
        ("booking-confirmation", Content("Your sail on {{date}} ⛵", "Ahoy {{name}},\r\n\r\nwe sail on {{date}} at {{time}}.\r\n", "<p>Ahoy <b>{{name}}</b>,</p>\n<p>we sail on {{date}} at {{time}}.</p>\n")),
        ("gift-certificate", Content("A gift from {{giver}}", null, "<img src=\"https://gifts.salejada.com/{{code}}.png\" alt=\"{{amount}} & a smile\">")),
        ("guest-survey", Content("How was it?", "¿Qué tal? 5 questions: https://sailjada.com/survey?b={{booking}}&l={{language}}", null)),
        ("waiver-reminder", Content("Please sign before you board", "{{#each guests}}- {{this}}\n{{/each}}", "<ul>{{#each guests}}<li>{{this}}</li>{{/each}}</ul>")),
    ];

    public static JsonObject Verification() => new()
    {
        ["TemplateName"] = "crew-address",
        ["FromEmailAddress"] = IdentityBuilder.Captain,
        ["TemplateSubject"] = "Is this your address?",
        ["TemplateContent"] = "<p>Welcome to the crew. Please confirm your address.</p>",
        ["SuccessRedirectionURL"] = "https://crew.sailjada.com/confirmed",
        ["FailureRedirectionURL"] = "https://crew.sailjada.com/not-confirmed",
    };

    private static JsonObject Content(string subject, string? text, string? html)
    {
        var content = new JsonObject { ["Subject"] = subject };
        if (text is not null) content["Text"] = text;
        if (html is not null) content["Html"] = html;
        return content;
    }
}
