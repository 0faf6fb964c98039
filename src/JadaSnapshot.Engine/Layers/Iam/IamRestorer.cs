using System.Security.Cryptography;
using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Iam;

/// <summary>
/// Brings policies and roles back (<see href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html"/>). Policies come first,
/// because roles have them attached, and for boundaries. What a role has beyond the snapshot is taken away: a permission is no extra.
/// </summary>
internal sealed class IamRestorer : Restorer
{
    private const string Details = "authorization-details.xml";
    private const string Settings = "role.xml";

    public override string Layer => IamLayer.LayerName;

    public override IReadOnlyList<string> Kinds => [IamLayer.Policy, IamLayer.Role];

    public override RestorePhase Phase => RestorePhase.Roles;

    public override IReadOnlyList<RestorePart> Parts =>
    [
        new(Details, (work, cancel) => work.Resource.Kind == IamLayer.Role ? PutRoleAsync(work, cancel) : PutVersionAsync(work, cancel)),
        new(Settings, PutSettingsAsync) { IsInCreate = true },
        new("policy.xml", (work, cancel) => PutTagsAsync(work, "TagPolicy", "UntagPolicy", new KeyValuePair<string, string>("PolicyArn", work.RequiredId), PolicyOf(work.Documents), PolicyOf(work.Live), cancel)) { IsInCreate = true },
    ];

    public override IReadOnlyList<Loss> Losses =>
    [
        new("*", "*RoleId", "is given by IAM"),
        new("*", "*PolicyId", "is given by IAM"),
        new("*", "*CreateDate", "is the time at which it was made"),
        new("*", "*UpdateDate", "is the time at which it was changed"),
        new("*", "*VersionId", "is counted by IAM"),
        new(Details, "PolicyVersionList*IsDefaultVersion*", "names a version by its number"),
        new(Details, "PolicyVersionList*", "holds earlier versions, of which the default alone comes back"),
        new("*", "*DefaultVersionId", "is counted by IAM"),
    ];

    public override int Rank(string kind) => kind == IamLayer.Policy ? 0 : 1;

    public override bool IsPrerequisite(string kind) => true;

    public override bool CanDelete(string kind) => true;

    // Versions are known by numbers that IAM counts: what the default one says is compared beside the list of them.
    public override (SideResource Snapshot, SideResource Live) Compared(SideResource snapshot, SideResource live) =>
        snapshot.Resource.Kind == IamLayer.Policy ? (WithDefaultDocument(snapshot), WithDefaultDocument(live)) : (snapshot, live);

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var details = work.Documents.Xml(Details)!;
        var isRole = work.Resource.Kind == IamLayer.Role;
        var arn = ArnOf(work, details, isRole ? "role" : "policy");
        try
        {
            await SendAsync(work, isRole ? RoleRequest(work, details) : PolicyRequest(work, details), cancel);
        }
        catch (ServiceException exception) when (exception.Code is "EntityAlreadyExists")
        {
            // A call whose answer was lost has made it; its parts are put all the same.
        }
        work.Created(isRole ? work.Name : arn, arn);
    }

    // Neither is deleted while it has anything of its own.
    public override async Task DeleteAsync(RestoreWork work, CancellationToken cancel)
    {
        var live = work.Live.Xml(Details);
        if (work.Resource.Kind == IamLayer.Policy)
        {
            KeyValuePair<string, string> policy = new("PolicyArn", work.RequiredId);
            foreach (var version in live?.All("PolicyVersionList", "member").Where(version => version.Text("IsDefaultVersion") != "true") ?? [])
                await SendAsync(work, Request("DeletePolicyVersion", policy, new("VersionId", version.Text("VersionId")!)), cancel);
            await SendAsync(work, Request("DeletePolicy", policy), cancel);
            return;
        }
        KeyValuePair<string, string> role = new("RoleName", work.RequiredId);
        foreach (var name in Inline(live).Keys) await SendAsync(work, Request("DeleteRolePolicy", role, new("PolicyName", name)), cancel);
        foreach (var arn in Attached(live)) await SendAsync(work, Request("DetachRolePolicy", role, new("PolicyArn", arn)), cancel);
        await SendAsync(work, Request("DeleteRole", role), cancel);
    }

    private static SideResource WithDefaultDocument(SideResource side)
    {
        return side with { Files = [.. side.Files.Select(file => Path.GetFileName(file.Path) == Details && file.Read is { } read ? Extended(file.Path, read().ToXml()) : file)] };

        static SideFile Extended(string path, XElement details)
        {
            details.Add(new XElement(details.Name.Namespace + "DefaultDocument", DefaultVersion(details)));
            var content = details.ToBody();
            return new(path, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), () => content);
        }
    }

    private static WireRequest RoleRequest(RestoreWork work, XElement details)
    {
        var settings = work.Documents.Xml(Settings);
        return Request(
            "CreateRole",
            [
                new("RoleName", work.Name), new("Path", details.Text("Path") ?? "/"), new("AssumeRolePolicyDocument", Policy(details, "AssumeRolePolicyDocument")),
                .. Given("Description", settings?.Text("Description")), .. Given("MaxSessionDuration", settings?.Text("MaxSessionDuration")),
                .. Given("PermissionsBoundary", details.All("PermissionsBoundary", "PermissionsBoundaryArn").FirstOrDefault()?.Value), .. Tags(details),
            ]);
    }

    private static WireRequest PolicyRequest(RestoreWork work, XElement details) => Request(
        "CreatePolicy",
        [
            new("PolicyName", work.Name), new("Path", details.Text("Path") ?? "/"), new("PolicyDocument", DefaultVersion(details)), .. Given("Description", details.Text("Description")),
            .. PolicyOf(work.Documents) is { } policy ? Tags(policy) : [],
        ]);

    private static async Task PutRoleAsync(RestoreWork work, CancellationToken cancel)
    {
        var (wanted, live) = (work.Documents.Xml(Details)!, work.Live.Xml(Details));
        KeyValuePair<string, string> role = new("RoleName", work.RequiredId);
        if (live is not null && Policy(wanted, "AssumeRolePolicyDocument") is var trust && trust != Policy(live, "AssumeRolePolicyDocument"))
            await SendAsync(work, Request("UpdateAssumeRolePolicy", role, new("PolicyDocument", trust)), cancel);

        var (inline, had) = (Inline(wanted), Inline(live));
        foreach (var (name, document) in inline)
            if (had.GetValueOrDefault(name) != document) await SendAsync(work, Request("PutRolePolicy", role, new("PolicyName", name), new("PolicyDocument", document)), cancel);
        foreach (var name in had.Keys.Except(inline.Keys)) await SendAsync(work, Request("DeleteRolePolicy", role, new("PolicyName", name)), cancel);

        var (attached, were) = (Attached(wanted), Attached(live));
        foreach (var arn in attached.Except(were)) await SendAsync(work, Request("AttachRolePolicy", role, new("PolicyArn", arn)), cancel);
        foreach (var arn in were.Except(attached)) await SendAsync(work, Request("DetachRolePolicy", role, new("PolicyArn", arn)), cancel);

        var (boundary, bound) = (Boundary(wanted), Boundary(live));
        if (live is not null && boundary != bound)
            await SendAsync(work, boundary is null ? Request("DeleteRolePermissionsBoundary", role) : Request("PutRolePermissionsBoundary", role, new("PermissionsBoundary", boundary)), cancel);
        await PutTagsAsync(work, "TagRole", "UntagRole", role, wanted, live, cancel);
    }

    private static Task<WireResponse> PutSettingsAsync(RestoreWork work, CancellationToken cancel)
    {
        var settings = work.Documents.Xml(Settings)!;
        return SendAsync(work, Request("UpdateRole", new("RoleName", work.RequiredId), new("Description", settings.Text("Description") ?? ""), new("MaxSessionDuration", settings.Text("MaxSessionDuration") ?? "3600")), cancel);
    }

    // A policy has five versions at most: the oldest that is not the default makes room.
    private static async Task PutVersionAsync(RestoreWork work, CancellationToken cancel)
    {
        var (wanted, live) = (work.Documents.Xml(Details)!, work.Live.Xml(Details));
        if (live is null || DefaultVersion(wanted) == DefaultVersion(live)) return;
        KeyValuePair<string, string> policy = new("PolicyArn", work.RequiredId);
        var versions = live.All("PolicyVersionList", "member").ToList();
        if (versions.Count >= 5 && versions.LastOrDefault(version => version.Text("IsDefaultVersion") != "true")?.Text("VersionId") is { } oldest)
            await SendAsync(work, Request("DeletePolicyVersion", policy, new("VersionId", oldest)), cancel);
        await SendAsync(work, Request("CreatePolicyVersion", policy, new("PolicyDocument", DefaultVersion(wanted)), new("SetAsDefault", "true")), cancel);
    }

    private static async Task PutTagsAsync(RestoreWork work, string tag, string untag, KeyValuePair<string, string> owner, XElement? wanted, XElement? live, CancellationToken cancel)
    {
        var (tags, had) = (TagsOf(wanted), TagsOf(live));
        if (tags.Any(each => had.GetValueOrDefault(each.Key) != each.Value)) await SendAsync(work, Request(tag, [owner, .. Tags(wanted!)]), cancel);
        var gone = had.Keys.Except(tags.Keys).ToList();
        if (gone.Count > 0) await SendAsync(work, Request(untag, [owner, .. gone.Select((key, index) => new KeyValuePair<string, string>($"TagKeys.member.{index + 1}", key))]), cancel);
    }

    // What was made a moment ago is not known everywhere yet.
    private static Task<WireResponse> SendAsync(RestoreWork work, WireRequest request, CancellationToken cancel) =>
        work.SendAsync(work.Wire(IamLayer.Service), request, exception => exception.Code is "EntityTemporarilyUnmodifiable" or "ConcurrentModification" || (exception.Code == "NoSuchEntity" && work.IsNew), cancel);

    private static WireRequest Request(string operation, params IReadOnlyList<KeyValuePair<string, string>> parameters) => new() { Operation = operation, Parameters = parameters };

    private static string ArnOf(RestoreWork work, XElement details, string kind) => details.Text("Arn") is { } arn ? $"{arn[..arn.IndexOf($":{kind}/", StringComparison.Ordinal)]}:{kind}{details.Text("Path") ?? "/"}{work.Name}" : "";

    private static string Policy(XElement? element, string name) => Uri.UnescapeDataString(element?.Text(name) ?? "");

    private static string DefaultVersion(XElement details) => Policy(details.All("PolicyVersionList", "member").FirstOrDefault(version => version.Text("IsDefaultVersion") == "true"), "Document");

    private static Dictionary<string, string> Inline(XElement? details) =>
        details?.All("RolePolicyList", "member").ToDictionary(policy => policy.Text("PolicyName") ?? "", policy => Policy(policy, "PolicyDocument"), StringComparer.Ordinal) ?? [];

    private static List<string> Attached(XElement? details) => details is null ? [] : [.. details.All("AttachedManagedPolicies", "member").Select(policy => policy.Text("PolicyArn") ?? "")];

    private static string? Boundary(XElement? details) => details?.All("PermissionsBoundary", "PermissionsBoundaryArn").FirstOrDefault()?.Value;

    private static XElement? PolicyOf(ResourceDocuments documents) => documents.Xml("policy.xml")?.All("GetPolicyResult", "Policy").FirstOrDefault();

    private static Dictionary<string, string> TagsOf(XElement? element) =>
        element?.All("Tags", "member").ToDictionary(tag => tag.Text("Key") ?? "", tag => tag.Text("Value") ?? "", StringComparer.Ordinal) ?? [];

    private static IEnumerable<KeyValuePair<string, string>> Tags(XElement element) => TagsOf(element).SelectMany((tag, index) =>
        new KeyValuePair<string, string>[] { new($"Tags.member.{index + 1}.Key", tag.Key), new($"Tags.member.{index + 1}.Value", tag.Value) });

    private static KeyValuePair<string, string>[] Given(string name, string? value) => value is null ? [] : [new(name, value)];
}
