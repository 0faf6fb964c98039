using System.Security.Cryptography;
using System.Text;

namespace JadaSnapshot.Sandbox.Estate;

/// <summary>The secrets planted in the estate: where each lies and what it says.</summary>
internal static class EstateSecrets
{
    /// <summary>Functions, their secret variables, and the form that the value has around the token.</summary>
    public static IReadOnlyList<SecretVariable> Variables { get; } =
    [
        new("release-notify", "SLACK_WEBHOOK_URL", "https://hooks.slack.example/services/T02JADA/B07SAIL/{0}"),
        new("release-notify", "GITHUB_TOKEN"),
        new("update-dashboard", "DASHBOARD_API_KEY"),
        new("booking-webhook", "STRIPE_SECRET_KEY"),
        new("booking-webhook", "DATABASE_URL", "postgres://jada:{0}@db.jada.internal:5432/bookings?sslmode=require"),
        new("booking-webhook", "SIGNING_SECRET"),
        new("booking-confirmation", "SENDGRID_API_KEY"),
        new("stripe-webhook", "STRIPE_ENDPOINT_SECRET"),
        new("stripe-webhook", "STRIPE_SECRET_KEY"),
        new("waiver-signer", "WAIVER_PRIVATE_KEY", "-----BEGIN PRIVATE KEY-----\n{0}\n-----END PRIVATE KEY-----\n"),
        new("gift-certificate-mailer", "MAIL_PASSWORD", "pässwörd \"{0}\" \\ <&>"),
        new("rady-shell-sync", "GOOGLE_SERVICE_ACCOUNT", "{{\"type\":\"service_account\",\"private_key\":\"{0}\",\"client_email\":\"sync@rady-shell.example\"}}"),
        new("crew-roster", "TWILIO_AUTH_TOKEN"),
        new("weather-poller", "NOAA_TOKEN"),
        new("contact-form", "RECAPTCHA_SECRET"),
        new("ticket-scanner", "TICKET_HMAC_KEY"),
        new("newsletter-signup", "MAILCHIMP_API_KEY", "{0}-us14"),
        new("inventory-export", "AIRTABLE_PAT", "pat.{0}"),
    ];

    /// <summary>Distributions whose origin is told a secret in a header.</summary>
    public static IReadOnlyList<SecretHeader> Headers { get; } =
    [
        new("api.queenofsandiego.com", "X-Origin-Verify"),
        new("api.sailjada.com", "X-Origin-Verify"),
        new("api.salejada.com", "X-Api-Key"),
        new("dashboard.sailjada.com", "Authorization", "Basic {0}"),
        new("book.sailjada.com", "X-Origin-Verify"),
    ];

    /// <summary>Secrets of Secrets Manager.</summary>
    public static IReadOnlyList<StoredSecret> Stored { get; } =
    [
        new("prod/stripe", "{{\"key\":\"{0}\",\"account\":\"acct_1JADA\"}}"),
        new("prod/database", "{{\"username\":\"jada\",\"password\":\"{0}\"}}"),
        new("prod/sendgrid"),
        new("prod/google-service-account") { IsBinary = true },
        new("staging/stripe", "{{\"key\":\"{0}\"}}"),
        new("prod/edge-signing-key", Region: EstateNames.East),
    ];

    /// <summary>Parameters that only their readers may know.</summary>
    public static IReadOnlyList<StoredSecret> SecureParameters { get; } =
    [
        new("/jada/prod/twilio-token"),
        new("/jada/prod/db-password"),
        new("/jada/edge/origin-header", Region: EstateNames.East),
    ];

    /// <summary>Stage variables of APIs that are secret.</summary>
    public static IReadOnlyList<SecretStageVariable> StageVariables { get; } =
    [
        new("bookings", "staging", "paymentToken"),
        new("bookings", "production", "paymentToken"),
        new("shop", "production", "warehouse", "https://jada:{0}@warehouse.example/stock"),
        new("contact-forms", "$default", "forwardKey"),
        new("hooks", "live", "signingSecret"),
    ];

    /// <summary>The API key of a partner.</summary>
    public const string PartnerKey = "harbor-desk";

    /// <summary>The name of its secret.</summary>
    public const string PartnerKeyName = $"api-key/{PartnerKey}";

    /// <summary>The name of a secret that an API sends along in a header.</summary>
    public static string OfIntegration(string api, string header) => $"{api}/{header}";

    /// <summary>What cannot be mistaken for anything else: the secret itself, or the part of it that makes it one.</summary>
    public static string Token(int seed, string name) =>
        $"planted-{name.Replace('_', '-').Replace('.', '-').Replace('/', '-')}-" +
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/secret/{name}")))[..32];

    public static IReadOnlyList<string> All(int seed) =>
    [
        .. Variables.Select(variable => Token(seed, variable.Name)),
        .. StageVariables.Select(variable => Token(seed, variable.Name)),
        Token(seed, PartnerKeyName),
        Token(seed, OfIntegration("shows-and-tickets", "X-Api-Key")),
        Token(seed, OfIntegration("hooks", "X-Partner-Key")),
        .. Headers.SelectMany(header => new[] { Token(seed, header.Name("production")), Token(seed, header.Name("staging")) }),
        .. Stored.Concat(SecureParameters).Select(secret => Token(seed, secret.Name)),
    ];
}

internal sealed record SecretVariable(string Function, string Variable, string Form = "{0}")
{
    public string Name => $"{Function}/{Variable}";

    public string Value(string token) => string.Format(System.Globalization.CultureInfo.InvariantCulture, Form, token);
}

internal sealed record SecretHeader(string Site, string Header, string Form = "{0}")
{
    public string Name(string stage) => $"{stage}/{Site}/{Header}";

    public string Value(string token) => string.Format(System.Globalization.CultureInfo.InvariantCulture, Form, token);
}

internal sealed record StoredSecret(string Name, string Form = "{0}", string Region = EstateNames.West)
{
    public bool IsBinary { get; init; }

    public string Value(string token) => string.Format(System.Globalization.CultureInfo.InvariantCulture, Form, token);
}

internal sealed record SecretStageVariable(string Api, string Stage, string Variable, string Form = "{0}")
{
    public string Name => $"{Api}/{Stage.TrimStart('$')}/{Variable}";

    public string Value(string token) => string.Format(System.Globalization.CultureInfo.InvariantCulture, Form, token);
}
