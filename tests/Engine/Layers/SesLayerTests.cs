using System.Text;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Layers.Ses;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Sandbox.Estate;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

public sealed class SesLayerTests(SesLayerTests.Fixture estate) : LayerTest, IClassFixture<SesLayerTests.Fixture>
{
    [Fact]
    public async Task Identities_tell_what_their_mail_is_signed_with()
    {
        var identities = (await ReadAsync()).ToDictionary(identity => identity.IdentityName);

        Assert.Empty(Problems);
        Assert.Equal(EstateCounts.EmailIdentities, identities.Count);
        var sail = identities["sailjada.com"];
        Assert.Equal(("DOMAIN", true, true, "SUCCESS"), (sail.IdentityType, sail.IsVerified, sail.SendingEnabled, sail.DkimStatus));
        Assert.Equal(("mail.sailjada.com", "PENDING", "jada-transactional", false), (sail.MailFromDomain, sail.MailFromStatus, sail.ConfigurationSetName, sail.FeedbackForwarding));
        Assert.Equal(3, sail.DkimTokens.Count);
        Assert.Equal(["partner"], sail.Policies);
        Assert.Equal("sailjada.com", sail.Tags["site"]);
        var captain = identities["captain@sailjada.com"];
        Assert.Equal(("EMAIL_ADDRESS", true, null, null), (captain.IdentityType, captain.IsVerified, captain.MailFromDomain, captain.MailFromStatus));
        Assert.False(identities["office+sails@harborcam.example"].IsVerified);
    }

    [Fact]
    public async Task Looking_at_identities_asks_for_nothing_else()
    {
        estate.Host.Requests.Clear();
        await ReadAsync();
        Assert.Equal(["sesv2:GetEmailIdentity", "sesv2:ListEmailIdentities", "sts:GetCallerIdentity"],
            estate.Host.Requests.Counts.Keys.Select(key => $"{key.Service}:{key.Operation}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_identity_leaves_with_its_notifications_and_the_rest_only_on_request()
    {
        var alone = await ExportAsync(new());
        Assert.Equal(EstateCounts.EmailIdentities, alone.Count(export => export.Kind == "identity"));
        Assert.Equal(["jada-transactional"], alone.Where(export => export.Kind != "identity").Select(export => export.Name));
        var office = Path.Combine(Store, "aws-configs/ses/us-west-2/identities/office+sails@harborcam.example");
        Assert.Equal(["SHA256SUMS", "identity.json", "notifications.xml"], Directory.EnumerateFiles(office).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

        var all = await ExportAsync(new() { Kinds = EmailIdentityView.AccountKinds });
        Assert.Empty(Problems);
        Assert.Equal(EstateCounts.MailResources, all.Count);
        Assert.Contains("contact-form", Text("receipt-rule-sets/jada-inbound/receipt-rule-set.xml"), StringComparison.Ordinal);
        Assert.Contains("<Name>jada-inbound</Name>", Text("account/active-receipt-rule-set.xml"), StringComparison.Ordinal);
        Assert.Contains("198.51.100.0/24", Text("account/receipt-filters.xml"), StringComparison.Ordinal);
        Assert.Contains("mail-bounces", Text("configuration-sets/jada-transactional/event-destinations.json"), StringComparison.Ordinal);
        Assert.Contains("¿Qué tal?", Text("templates/guest-survey/template.json"), StringComparison.Ordinal);
        Assert.Contains("Boats for sale", Text("contact-lists/jada-guests/contact-list.json"), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Store, "aws-configs/ses/us-east-1/account/account.json")));

        string Text(string path) => File.ReadAllText(Path.Combine(Store, "aws-configs/ses/us-west-2", path));
    }

    [Theory]
    [InlineData("ses", "GetIdentityNotificationAttributes", "AccessDenied")]
    [InlineData("sesv2", "GetEmailIdentity", "AccessDeniedException")]
    public async Task A_document_that_is_denied_is_a_problem_and_the_other_is_kept(string service, string operation, string code)
    {
        estate.Host.Faults.Add(Fault.Parse($"service={service},operation={operation},kind=deny"));
        try
        {
            var exports = await ExportAsync(new());
            exports.RemoveAll(export => export.Kind != "identity");
            Assert.All(exports, export => Assert.False(export.IsComplete));
            Assert.All(Problems, problem => Assert.Equal((operation, code), (problem.Operation, problem.ErrorCode)));
            Assert.Equal(EstateCounts.EmailIdentities, Problems.Count);
            Assert.All(exports, export => Assert.Single(Directory.EnumerateFiles(export.Path), file => file.EndsWith(".json", StringComparison.Ordinal) || file.EndsWith(".xml", StringComparison.Ordinal)));
        }
        finally
        {
            estate.Host.Faults.Clear();
        }
    }

    [Fact]
    public async Task A_listing_that_is_denied_is_a_problem_in_its_region_and_the_other_kinds_go_on()
    {
        estate.Host.Faults.Add(Fault.Parse("service=ses,operation=ListReceiptRuleSets,kind=deny"));
        try
        {
            var exports = await ExportAsync(new() { Kinds = EmailIdentityView.AccountKinds });
            Assert.Equal(EstateCounts.MailResources - EstateCounts.ReceiptRuleSets, exports.Count);
            Assert.Equal(["us-east-1", "us-west-2"], Problems.Select(problem => problem.Resource).Order(StringComparer.Ordinal));
        }
        finally
        {
            estate.Host.Faults.Clear();
        }
    }

    [Fact]
    public async Task Listings_are_read_to_their_end()
    {
        await using var empty = await SandboxHost.StartAsync(new() { Estate = SandboxEstate.Empty, Budgets = false }, Cancel);
        for (var i = 0; i < 101; i++)
            await CallAsync(empty, "sesv2", "/v2/email/templates", $$$"""{"TemplateName":"t{{{i}}}","TemplateContent":{"Subject":"s","Text":"t"}}""");
        for (var i = 0; i < 40; i++)
            await CallAsync(empty, "ses", "/", $"Action=CreateReceiptRuleSet&RuleSetName=r{i}");
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(empty));
        var resources = await new EstateInventory(connection).ListAsync(["ses"], Problems.Enqueue, Cancel).ToListAsync(Cancel);

        Assert.Equal(101, resources.Count(resource => resource.Kind == "template"));
        Assert.Equal(40, resources.Count(resource => resource.Kind == "receipt-rule-set"));
        Assert.Equal(3, empty.Requests.Count("sesv2", "ListEmailTemplates"));
    }

    [Fact]
    public async Task At_once_a_second_for_each_operation_the_estate_takes_seconds()
    {
        await using var sandbox = await SandboxHost.StartAsync(new(), Cancel);
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(sandbox) with { UseBudgets = true });
        var snapshot = await new CaptureRun(connection, new() { Store = Store, Name = "v1.0", Layers = ["ses"] }).RunAsync(Problems.Enqueue, Cancel);

        Assert.Empty(Problems);
        Assert.Equal(EstateCounts.MailResources, snapshot.Layers[0].ResourceCount);
        var longest = connection.Calls.Counts.Where(count => count.Service == "ses").GroupBy(count => count.Operation).Max(calls => calls.Sum(count => count.Calls));
        Assert.InRange(longest, EstateCounts.EmailIdentities, EstateCounts.EmailIdentities + 1);
    }

    [Fact]
    public void A_view_reads_what_it_does_not_know_as_nothing()
    {
        Resource resource = new() { Layer = "ses", Kind = "identity", Name = "a.example", Id = "a.example", Region = "us-east-1" };
        var odd = Encoding.UTF8.GetBytes("""{"IdentityType":"MOON","DkimAttributes":[],"Tags":[{"Value":"no key"}],"MailFromAttributes":{"BehaviorOnMxFailure":"USE_DEFAULT_VALUE","MailFromDomainStatus":"PENDING"},"Future":{}}""");
        var identity = new EmailIdentityView().View(resource, new(new Dictionary<string, byte[]> { ["identity.json"] = odd }));
        Assert.Equal(("a.example", "MOON", null, null, false), (identity.IdentityName, identity.IdentityType, identity.DkimStatus, identity.MailFromStatus, identity.SendingEnabled));
        Assert.Empty(identity.Tags);
        Assert.ThrowsAny<JsonException>(() => new EmailIdentityView().View(resource, new(new Dictionary<string, byte[]> { ["identity.json"] = "{"u8.ToArray() })));
    }

    private static async Task CallAsync(SandboxHost host, string service, string path, string body) =>
        await new InProcessCaller(host.World).CallAsync(service, "us-west-2", "POST", path, [], [], Encoding.UTF8.GetBytes(body), Cancel);

    private Task<List<EmailIdentity>> ReadAsync() => ReadAsync(estate.Options, new EmailIdentityView());

    private Task<List<ResourceExport>> ExportAsync(LayerOptions options) => ExportAsync(estate.Options, new EmailIdentityView(), layers: options);

    /// <summary>An estate whose faults are this class's alone.</summary>
    public sealed class Fixture : EstateFixture;
}
