namespace JadaSnapshot.Sandbox.Estate.Functions;

/// <summary>The functions of the account.</summary>
internal static class FunctionCatalogue
{
    private const string Python = "python3.13", OlderPython = "python3.11", Node = "nodejs22.x", OlderNode = "nodejs20.x";

    public static IReadOnlyList<FunctionPlan> All { get; } =
    [
        new("release-notify", Python, "Tells the crew channel that a release went out.", CodeSource.Bucket) { Layers = [("jada-common", 2)], Settings = [("CHANNEL", "#releases"), ("CHANNEL_PARAMETER", "/jada/release/channel")], Published = 3, Invokers = [("sns.amazonaws.com", "arn:aws:sns:us-west-2:{0}:releases")] },
        new("update-dashboard", Python, "Writes the cards of the dashboard.", CodeSource.Bucket) { Memory = 512, Timeout = 60, Layers = [("jada-common", 2), ("jada-pandas", 1)], Settings = [("BUCKET", "jada-dashboard")], Published = 2, Invokers = [("events.amazonaws.com", "arn:aws:events:us-west-2:{0}:rule/every-hour")] },
        new("booking-webhook", Node, "Takes bookings from the sites.", CodeSource.Bucket) { Memory = 256, Layers = [("jada-node-tools", 1)], Settings = [("TABLE", "jada-bookings"), ("STAGE", "production"), ("STRIPE_SECRET_ID", "prod/stripe")], Published = 2, Invokers = [("apigateway.amazonaws.com", "arn:aws:execute-api:us-west-2:{0}:a1b2c3d4e5/*/POST/bookings")] },
        new("booking-confirmation", Node, "Mails what was booked.") { Layers = [("jada-node-tools", 1)], Settings = [("SENDER", "captain@sailjada.com")] },
        new("stripe-webhook", Node, "Marks bookings as paid.", CodeSource.Bucket) { Settings = [("TABLE", "jada-bookings")], Published = 1, Invokers = [("apigateway.amazonaws.com", "arn:aws:execute-api:us-west-2:{0}:a1b2c3d4e5/*/POST/stripe")] },
        new("waiver-signer", Python, "Signs waivers and files them.", CodeSource.Bucket) { Timeout = 30, Settings = [("TABLE", "jada-waivers")] },
        new("gift-certificate-mailer", OlderNode, "Draws gift certificates and mails them.") { Memory = 512 },
        new("rady-shell-sync", Python, "Copies the shows at the Rady Shell into our calendar.", CodeSource.Bucket) { Timeout = 120, Layers = [("jada-common", 1)], Settings = [("TABLE", "jada-rady-shell-shows")], Published = 1 },
        new("crew-roster", OlderPython, "Asks the crew who can sail.") { Layers = [("jada-common", 1)], Settings = [("ROSTER_PARAMETER", "/jada/crew/roster-sheet")] },
        new("weather-poller", Python, "Keeps wind and swell for the next days.") { Settings = [("STATION", "9410170"), ("TABLE", "jada-weather-cache")], Invokers = [("events.amazonaws.com", "arn:aws:events:us-west-2:{0}:rule/every-hour")] },
        new("tide-table", OlderPython, "Answers with the tides of a day."),
        new("photo-resizer", Node, "Makes web sizes of what guests and crew upload.", CodeSource.Bucket) { Memory = 1024, Timeout = 60, Settings = [("TARGET", "jada-photos-web")], Invokers = [("s3.amazonaws.com", "arn:aws:s3:::jada-photos-originals"), ("s3.amazonaws.com", "arn:aws:s3:::jada-uploads")] },
        new("guest-survey", OlderNode, "Sends a survey the day after."),
        new("contact-form", Node, "Forwards the contact forms of the sites.") { Settings = [("FORWARD_TO", "crew@sailjada.com")] },
        new("ticket-scanner", Node, "Checks tickets at the dock.") { Settings = [("TABLE", "jada-tickets")] },
        new("inventory-export", OlderPython, "Exports what is for sale."),
        new("newsletter-signup", Node, "Adds people to the newsletter."),
        new("log-rollup", Python, "Folds access logs into days.", CodeSource.Bucket) { Memory = 512, Timeout = 300, Layers = [("jada-pandas", 1)] },
        new("session-cleaner", Python, "Follows the sessions that end."),
        new("edge-redirect", OlderNode, "Sends old addresses to new ones, at the edge.", CodeSource.Bucket, EstateNames.East) { Timeout = 5, Published = 1, Invokers = [("replicator.lambda.amazonaws.com", "")] },
        new("edge-security-headers", OlderNode, "Adds security headers, at the edge.", CodeSource.Bucket, EstateNames.East) { Timeout = 5, Published = 2 },
    ];
}
