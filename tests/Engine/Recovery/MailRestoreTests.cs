using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Recovery;

public sealed class MailRestoreTests : RestoreTest
{
    [Fact]
    public async Task Mail_comes_back_elsewhere_and_says_what_people_have_to_do()
    {
        await using var host = await EmptyAsync();
        await MailWorld.MakeAsync(host);
        await using var target = await EmptyAsync(OtherAccount);
        var notes = (await RestoreWhollyAsync(target, await SnapshotAsync(host, "ses"))).SelectMany(result => result.Notes).ToList();

        Assert.Contains(notes, note => note.Contains("._domainkey.sailjada.com CNAME ", StringComparison.Ordinal));
        Assert.Contains(notes, note => note.StartsWith("SES has written to captain@sailjada.com", StringComparison.Ordinal));
        var rules = (await MailWorld.FirstAsync(target, "DescribeActiveReceiptRuleSet")).Xml().All("DescribeActiveReceiptRuleSetResult", "Rules", "member").Select(rule => rule.Text("Name"));
        Assert.Equal(["first", "second"], rules);
        var identity = await MailWorld.SecondAsync(target, "GET", "identities/sailjada.com");
        Assert.Contains($":{OtherAccount}:identity/sailjada.com", identity.Json().Member("Policies").Text("partner"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_changed_by_hand_is_put_back()
    {
        await using var host = await EmptyAsync();
        await MailWorld.MakeAsync(host);
        var snapshot = await SnapshotAsync(host, "ses");
        Assert.Empty(ToDo(await PlanAsync(host, snapshot)));

        await MailWorld.ChangeAsync(host);

        Assert.Equal(
            ["contact-list guests", "configuration-set orders", "identity sailjada.com", "template survey", "receipt-rule-set inbound", "account us-west-2"],
            (await PlanAsync(host, snapshot)).Where(step => step.Action == RestoreAction.Update).Select(step => $"{step.Kind} {step.Name}").Distinct().OrderBy(name => name.Split(' ')[1], StringComparer.Ordinal).OrderBy(name => Array.IndexOf(["guests", "orders", "sailjada.com", "survey", "inbound", "us-west-2"], name.Split(' ')[1])));
        await RestoreWhollyAsync(host, snapshot);
    }

    [Fact]
    public async Task Answers_that_are_lost_make_nothing_twice()
    {
        await using var host = await EmptyAsync();
        await MailWorld.MakeAsync(host);
        var snapshot = await SnapshotAsync(host, "ses");
        await using var target = await EmptyAsync(OtherAccount);
        foreach (var service in (string[])["ses", "sesv2"]) target.Faults.Add(Fault.Parse($"service={service},operation=Create*,kind=reset,every=2"));
        await RestoreWhollyAsync(target, snapshot);
    }
}
