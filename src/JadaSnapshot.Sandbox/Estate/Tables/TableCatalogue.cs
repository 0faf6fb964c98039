namespace JadaSnapshot.Sandbox.Estate.Tables;

/// <summary>The tables of the account.</summary>
internal static class TableCatalogue
{
    public static IReadOnlyList<TablePlan> All { get; } =
    [
        new("jada-bookings", "BookingId:S") { GlobalIndexes = [new("by-date", "Date:S", "BookingId:S"), new("by-guest", "GuestEmail:S", "Date:S", "Guests", "Paid")], IsRecoverable = true, Stream = "NEW_AND_OLD_IMAGES", IsProtected = true, Items = 30 },
        new("jada-customers", "CustomerId:S") { GlobalIndexes = [new("by-email", "Email:S") { IsKeysOnly = true }], IsRecoverable = true, IsProtected = true, IsKmsEncrypted = true, Items = 20 },
        new("jada-crew", "CrewId:S", Region: EstateNames.East),
        new("jada-boats", "BoatId:S", "Revision:N") { LocalIndexes = [new("by-survey", "BoatId:S", "SurveyedOn:S")], Capacity = (2, 1) },
        new("jada-events", "EventId:S", "StartsAt:N") { GlobalIndexes = [new("by-venue", "Venue:S", "StartsAt:N")], Capacity = (5, 5), HasInsights = true, Items = 12 },
        new("jada-tickets", "TicketId:S") { GlobalIndexes = [new("by-event", "EventId:S", "TicketId:S")], IsRecoverable = true, SharedWith = "ticket-scanner", Items = 25 },
        new("jada-waivers", "WaiverId:S") { IsRecoverable = true, IsRarelyRead = true },
        new("jada-email-log", "MessageId:S", "SentAt:N") { TimeToLive = "ExpiresAt", LocalIndexes = [new("by-kind", "MessageId:S", "Kind:S", "Subject") ] },
        new("jada-release-history", "Site:S", "ReleasedAt:N") { IsRecoverable = true, KinesisStream = "jada-releases", Items = 15 },
        new("jada-dashboard-state", "Card:S") { Capacity = (1, 1) },
        new("jada-rady-shell-shows", "ShowId:N") { GlobalIndexes = [new("by-season", "Season:S", "ShowId:N")], Items = 18 },
        new("jada-gift-certificates", "Code:S") { IsRecoverable = true, IsProtected = true, Items = 10 },
        new("jada-sessions", "SessionId:B") { TimeToLive = "ExpiresAt", Stream = "KEYS_ONLY" },
        new("jada-weather-cache", "Station:S", "Hour:N") { TimeToLive = "GoneAt", Capacity = (10, 5), Items = 24 },
    ];
}
