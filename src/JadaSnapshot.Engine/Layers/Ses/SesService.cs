using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Ses;

/// <summary>
/// Both versions of SES on the wire. Of most operations their documents say that they can be executed once a second, each for itself;
/// the others are met with the same care (<see href="https://docs.aws.amazon.com/ses/latest/APIReference/API_Operations.html"/>,
/// <see href="https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Operations.html"/>).
/// </summary>
internal static class SesService
{
    // What leaves a second apart may arrive a little closer.
    private const double OnceASecond = 0.95;

    public const string ListRuleSets = "ListReceiptRuleSets";

    /// <summary>The first version, which alone knows of receiving mail and of notifications.</summary>
    public static AwsService First { get; } = new()
    {
        ServiceId = "SES",
        SigningName = "ses",
        EndpointPrefix = "email",
        Protocol = WireProtocol.Query,
        ApiVersion = "2010-12-01",
        RequestsPerSecond = OnceASecond,
        OperationBudgets = Each(Documents(isFirst: true).Append(ListRuleSets)),
    };

    /// <summary>The second version.</summary>
    public static AwsService Second { get; } = new()
    {
        ServiceId = "SESv2",
        SigningName = "ses",
        EndpointPrefix = "email",
        Protocol = WireProtocol.RestJson,
        RequestsPerSecond = OnceASecond,
        OperationBudgets = Each([.. Documents(isFirst: false), .. MailKind.All.Select(kind => kind.List?.Operation).OfType<string>()]),
    };

    private static IEnumerable<string> Documents(bool isFirst) =>
        MailKind.All.SelectMany(kind => kind.Documents).Where(document => document.Path is null == isFirst).Select(document => document.Operation);

    private static Dictionary<string, double> Each(IEnumerable<string> operations) => operations.ToDictionary(operation => operation, _ => OnceASecond, StringComparer.Ordinal);
}
