using System.Text;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Estate;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

public sealed class IamCaptureTests
{
    private const string Roles = "aws-configs/iam/roles/";
    private const string Policies = "aws-configs/iam/policies/";

    private static readonly AwsService Iam = new() { ServiceId = "IAM", SigningName = "iam", EndpointPrefix = "iam", Protocol = WireProtocol.Query, ApiVersion = "2010-05-08", IsGlobal = true };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_role_and_policy_is_a_piece_of_what_the_service_sent_byte_for_byte()
    {
        await using var estate = await CapturedEstate.TakeAsync("iam");
        var details = await AskAsync(estate, "GetAccountAuthorizationDetails", new("Filter.member.1", "Role"), new("Filter.member.2", "LocalManagedPolicy"), new("MaxItems", "1000"));
        var listed = await AskAsync(estate, "ListRoles", new KeyValuePair<string, string>("MaxItems", "1000"));

        Assert.Empty(estate.Problems);
        foreach (var path in estate.FilesIn("aws-configs/iam").Where(path => path.EndsWith("authorization-details.xml", StringComparison.Ordinal)))
            Assert.Contains(Text(estate, "aws-configs/iam/" + path), details, StringComparison.Ordinal);
        foreach (var path in estate.FilesIn("aws-configs/iam/roles").Where(path => path.EndsWith("role.xml", StringComparison.Ordinal)))
            Assert.Contains(Text(estate, Roles + path), listed, StringComparison.Ordinal);
        Assert.Equal(2 * (EstateCounts.Roles - EstateCounts.ServiceLinkedRoles), estate.FilesIn("aws-configs/iam/roles").Count());
        Assert.Equal(2 * EstateCounts.Policies, estate.FilesIn("aws-configs/iam/policies").Count());
    }

    [Fact]
    public async Task A_role_can_be_made_again_from_its_files()
    {
        await using var estate = await CapturedEstate.TakeAsync("iam");
        var (role, settings) = (estate.Read(Roles + "jada-operator/authorization-details.xml").ToXml(), estate.Read(Roles + "jada-operator/role.xml").ToXml());
        var inline = estate.Read(Roles + "stripe-webhook-role/authorization-details.xml").ToXml().All("RolePolicyList", "member").Single();

        Assert.Contains("sts:AssumeRole", Uri.UnescapeDataString(role.Text("AssumeRolePolicyDocument")!), StringComparison.Ordinal);
        Assert.Equal(("Who takes the helm", "7200"), (settings.Text("Description"), settings.Text("MaxSessionDuration")));
        Assert.EndsWith("/jada-boundary", role.All("PermissionsBoundary").Single().Text("PermissionsBoundaryArn"), StringComparison.Ordinal);
        Assert.EndsWith("/jada-read-logs", role.All("AttachedManagedPolicies", "member").Single().Text("PolicyArn"), StringComparison.Ordinal);
        Assert.Equal("own-table", inline.Text("PolicyName"));
        Assert.Contains("dynamodb:PutItem", Uri.UnescapeDataString(inline.Text("PolicyDocument")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_keeps_its_versions_and_its_tags()
    {
        await using var estate = await CapturedEstate.TakeAsync("iam");
        var versions = estate.Read(Policies + "jada-read-logs/authorization-details.xml").ToXml().All("PolicyVersionList", "member").ToList();

        Assert.Equal([("v2", "true"), ("v1", "false")], versions.Select(version => (version.Text("VersionId"), version.Text("IsDefaultVersion"))));
        Assert.Contains("logs:FilterLogEvents", Uri.UnescapeDataString(versions[0].Text("Document")!), StringComparison.Ordinal);
        Assert.Contains("<Key>owner</Key>", Text(estate, Policies + "jada-boundary/policy.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_that_services_made_for_themselves_are_left_to_them()
    {
        await using var estate = await CapturedEstate.TakeAsync("iam");

        Assert.DoesNotContain(estate.FilesIn("aws-configs/iam"), path => path.Contains("AWSServiceRole", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Few_calls_say_it_all()
    {
        await using var estate = await CapturedEstate.TakeAsync("iam");

        Assert.Equal(2 + EstateCounts.Policies, estate.Host.Requests.Entries.Count(entry => entry.Service == "iam"));
    }

    [Fact]
    public async Task Without_the_list_of_roles_they_are_captured_as_far_as_they_are_known()
    {
        await using var estate = await CapturedEstate.TakeAsync("iam", "service=iam,operation=ListRoles,kind=deny");

        Assert.Equal("ListRoles", Assert.Single(estate.Problems).Operation);
        Assert.True(estate.Has(Roles + "jada-operator/authorization-details.xml"));
        Assert.False(estate.Has(Roles + "jada-operator/role.xml"));
    }

    private static async Task<string> AskAsync(CapturedEstate estate, string operation, params IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        Encoding.UTF8.GetString((await estate.Connection.Wire(Iam).SendAsync(new() { Operation = operation, Parameters = parameters }, Cancel)).Body);

    private static string Text(CapturedEstate estate, string path) => Encoding.UTF8.GetString(estate.Read(path));
}
