namespace JadaSnapshot.Sandbox.Estate.Apis;

/// <summary>The APIs of the account. The ids of the REST APIs are those that the distributions of <c>api.…</c> lead to.</summary>
internal static class ApiCatalogue
{
    public static IReadOnlyList<RestApiPlan> Rest { get; } =
    [
        new("a1b2c3d4e5", "bookings", "Takes bookings and what is paid for them.")
        {
            Variables = [("table", "jada-bookings"), ("sender", "captain@sailjada.com")],
            Methods =
            [
                new("POST", "/bookings", "booking-webhook") { Model = "Booking" },
                new("GET", "/bookings", "booking-webhook") { NeedsAuthorizer = true },
                new("OPTIONS", "/bookings"),
                new("GET", "/bookings/{booking}", "booking-webhook") { NeedsKey = true },
                new("DELETE", "/bookings/{booking}", "booking-webhook") { NeedsKey = true, NeedsAuthorizer = true },
                new("POST", "/stripe", "stripe-webhook"),
                new("GET", "/availability/{day}", "tide-table"),
            ],
        },
        new("q7w8e9r0t1", "shows-and-tickets", "What queenofsandiego.com asks for.")
        {
            Variables = [("table", "jada-tickets")],
            Methods =
            [
                new("GET", "/shows", "rady-shell-sync"),
                new("GET", "/tickets/{code}", "ticket-scanner") { NeedsKey = true },
                new("GET", "/weather") { Url = "https://api.weather.example/points/32.7,-117.2", SecretHeader = "X-Api-Key" },
                new("ANY", "/{proxy+}", "contact-form"),
            ],
        },
        new("z6x7c8v9b0", "shop", "Gift certificates and what is for sale.")
        {
            Variables = [("bucket", "salejada-listings")],
            Methods = [.. Enumerable.Range(1, 14).SelectMany(shelf => new RestMethod[] { new("GET", $"/shelves/{shelf:00}/items", "inventory-export"), new("OPTIONS", $"/shelves/{shelf:00}/items") }), new("POST", "/gifts", "gift-certificate-mailer") { NeedsKey = true }],
        },
    ];

    public static IReadOnlyList<HttpApiPlan> Http { get; } =
    [
        new("contact-forms", "Forms of the three sites.", "$default")
        {
            Routes = [new("POST /contact", "contact-form"), new("POST /newsletter", "newsletter-signup"), new("POST /survey", "guest-survey")],
        },
        new("hooks", "What other services call.", "live")
        {
            Routes =
            [
                new("POST /github", "release-notify"),
                new("POST /waivers", "waiver-signer") { NeedsToken = true },
                new("GET /crew", "crew-roster") { NeedsToken = true },
                new("ANY /partners/{proxy+}") { Url = "https://partners.example/{proxy}", SecretHeader = "X-Partner-Key" },
            ],
        },
        new("tides", "Tides and weather for the dock.", "$default") { Routes = [new("GET /tides/{day}", "tide-table"), new("GET /weather", "weather-poller"), new("$default", "tide-table")] },
    ];
}

/// <summary>An HTTP API to make, with one stage.</summary>
internal sealed record HttpApiPlan(string Name, string Purpose, string Stage)
{
    public required IReadOnlyList<HttpRoute> Routes { get; init; }
}

/// <summary>A route, and the function or the address that answers it.</summary>
internal sealed record HttpRoute(string Key, string? Function = null)
{
    public string? Url { get; init; }

    public bool NeedsToken { get; init; }

    /// <summary>The header of the integration that carries a secret.</summary>
    public string? SecretHeader { get; init; }
}
