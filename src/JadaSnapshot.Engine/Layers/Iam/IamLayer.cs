using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Iam;

/// <summary>
/// Every role of the account but those that AWS services make for themselves, and every managed policy of the account's own
/// (<see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html"/>). Two listings say nearly all:
/// their elements are cut out as they came, so that calls do not grow with the number of roles.
/// </summary>
public sealed class IamLayer(LayerContext context) : ILayer
{
    /// <summary>The layer's name.</summary>
    public const string LayerName = "iam";

    internal const string Role = "role";
    internal const string Policy = "policy";
    internal const string Details = "authorization-details.xml";
    private const string Listing = "GetAccountAuthorizationDetails";
    private const string OfServices = "/aws-service-role/";

    internal static AwsService Service { get; } = new()
    {
        ServiceId = "IAM",
        SigningName = "iam",
        EndpointPrefix = "iam",
        Protocol = WireProtocol.Query,
        ApiVersion = "2010-05-08",
        IsGlobal = true,
        RequestsPerSecond = 10,
    };

    private readonly ConcurrentDictionary<string, List<(string File, byte[] Content)>> _documents = new(StringComparer.Ordinal);

    private WireClient Iam => context.Connection.Wire(Service);

    /// <inheritdoc/>
    public string Name => LayerName;

    /// <inheritdoc/>
    public async IAsyncEnumerable<Resource> DiscoverAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        // Only this listing says a role's description and its longest session.
        var settings = await RoleSettingsAsync(cancel);
        await foreach (var page in PagesAsync(Listing, "GetAccountAuthorizationDetailsResult", cancel, new("Filter.member.1", "Role"), new("Filter.member.2", "LocalManagedPolicy")))
        {
            foreach (var role in XmlItems.Cut(page.Body, ["GetAccountAuthorizationDetailsResult", "RoleDetailList", "member"]))
            {
                var element = role.ToXml();
                if (element.Text("Path")?.StartsWith(OfServices, StringComparison.Ordinal) == true) continue;
                var resource = ToResource(Role, "RoleName", element);
                _documents[resource.Key] = settings.TryGetValue(resource.Arn ?? "", out var setting) ? [(Details, role), ("role.xml", setting)] : [(Details, role)];
                yield return resource;
            }
            foreach (var policy in XmlItems.Cut(page.Body, ["GetAccountAuthorizationDetailsResult", "Policies", "member"]))
            {
                var resource = ToResource(Policy, "PolicyName", policy.ToXml());
                _documents[resource.Key] = [(Details, policy)];
                yield return resource;
            }
        }
    }

    /// <inheritdoc/>
    public async Task CaptureAsync(Resource resource, ISnapshotSink sink, CancellationToken cancel)
    {
        var folder = FolderOf(resource);
        foreach (var (file, content) in _documents[resource.Key])
            if (sink.Wants(folder + file)) await sink.WriteAsync(folder + file, content, cancel);
        // Tags of a policy stand in no listing.
        if (resource.Kind == Policy)
            await Iam.CaptureAsync(new() { Operation = "GetPolicy", Parameters = [new("PolicyArn", resource.Id)] }, sink, folder + "policy.xml", cancel);
    }

    internal static string FolderOf(Resource resource) => $"aws-configs/iam/{(resource.Kind == Role ? "roles" : "policies")}/{PathNames.FromName(resource.Name)}/";

    private async Task<Dictionary<string, byte[]>> RoleSettingsAsync(CancellationToken cancel)
    {
        Dictionary<string, byte[]> settings = new(StringComparer.Ordinal);
        try
        {
            await foreach (var page in PagesAsync("ListRoles", "ListRolesResult", cancel))
                foreach (var role in XmlItems.Cut(page.Body, ["ListRolesResult", "Roles", "member"]))
                    settings[role.ToXml().Text("Arn") ?? ""] = role;
        }
        catch (ServiceException exception)
        {
            context.Report(LayerName, "ListRoles", exception);
        }
        return settings;
    }

    private IAsyncEnumerable<WireResponse> PagesAsync(string operation, string result, CancellationToken cancel, params IReadOnlyList<KeyValuePair<string, string>> asked) => Iam.PagesAsync<string>(
        marker => new() { Operation = operation, Parameters = [.. asked, new("MaxItems", "1000"), .. marker is null ? (KeyValuePair<string, string>[])[] : [new("Marker", marker)]] },
        page => page.Xml().All(result).FirstOrDefault() is { } list && list.Text("IsTruncated") == "true" ? list.Text("Marker") : null, cancel);

    private static Resource ToResource(string kind, string name, XElement detail) => new()
    {
        Layer = LayerName,
        Kind = kind,
        Name = detail.Text(name) ?? "",
        Id = kind == Policy ? detail.Text("Arn") ?? "" : detail.Text(name) ?? "",
        Arn = detail.Text("Arn"),
        Region = "aws-global",
        CreatedAt = DateTimeOffset.TryParse(detail.Text("CreateDate"), System.Globalization.CultureInfo.InvariantCulture, out var created) ? created.ToUniversalTime() : null,
        Description = detail.Text("Description"),
    };
}
