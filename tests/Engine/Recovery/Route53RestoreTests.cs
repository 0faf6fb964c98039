using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;
using static JadaSnapshot.Engine.Tests.Recovery.ZoneWorld;

namespace JadaSnapshot.Engine.Tests.Recovery;

public sealed class Route53RestoreTests : RestoreTest
{
    [Fact]
    public async Task Zones_with_their_records_and_all_that_those_need_come_back_in_another_account()
    {
        await using var source = await EmptyAsync();
        await MakeEverythingAsync(source);
        var snapshot = await SnapshotAsync(source, "route53");
        await using var target = await EmptyAsync(OtherAccount);
        var results = await RestoreWhollyAsync(target, snapshot);
        Assert.Contains(results, result => result.Notes.Any(note => note.StartsWith("The name servers of sail.test are ns-", StringComparison.Ordinal)));
        Assert.Contains(results, result => result.Notes.Any(note => note.Contains("DS record of sail.test", StringComparison.Ordinal)));
        Assert.Equal(await RecordsAsync(source, "sail.test."), await RecordsAsync(target, "sail.test."));
    }

    [Fact]
    public async Task One_setting_of_each_that_was_changed_is_put_back_and_nothing_else()
    {
        await using var host = await EmptyAsync();
        var made = await MakeEverythingAsync(host);
        var snapshot = await SnapshotAsync(host, "route53");
        Assert.Empty(ToDo(await PlanAsync(host, snapshot)));

        await ZoneWorld.ChangeEverythingAsync(host, made);

        var plan = await PlanAsync(host, snapshot);
        Assert.All(plan.Where(step => step.Action != RestoreAction.Skip), step => Assert.Equal(RestoreAction.Update, step.Action));
        Assert.Equal(
            ["cidr-collection", "health-check", "hosted-zone", "hosted-zone", "hosted-zone records", "traffic-policy", "traffic-policy-instance"],
            plan.Where(step => step.Action == RestoreAction.Update).Select(step => $"{step.Kind} {step.Part}".TrimEnd()).Order());
        await RestoreWhollyAsync(host, snapshot);

        await AddToEverythingAsync(host, made);
        Assert.Equal(
            ["dnssec.xml", "hosted-zone.xml", "query-logging-config.xml", "vpc-authorizations.xml"],
            (await PlanAsync(host, snapshot)).Where(step => step.Action == RestoreAction.Update).SelectMany(step => step.Changes).Select(change => change.Document).Distinct().Order());
        await RestoreWhollyAsync(host, snapshot);
    }

    [Fact]
    public async Task Records_that_the_snapshot_does_not_have_stay_but_where_one_of_its_own_stood_and_with_Prune()
    {
        await using var host = await EmptyAsync();
        var zone = await MakeZoneAsync(host, "sail.test.");
        await ChangeAsync(host, zone, Change("UPSERT", Record("www.sail.test.", "A", "203.0.113.1")), Change("UPSERT", Record("gone.sail.test.", "TXT", "\"here\"")));
        var snapshot = await SnapshotAsync(host, "route53");
        await ChangeAsync(
            host, zone, Change("DELETE", Record("www.sail.test.", "A", "203.0.113.1")), Change("DELETE", Record("gone.sail.test.", "TXT", "\"here\"")), Change("UPSERT", Record("www.sail.test.", "CNAME", "elsewhere.test.")),
            Change("UPSERT", Record("extra.sail.test.", "A", "203.0.113.2")), Change("UPSERT", Record("_a.sail.test.", "CNAME", "_b.acm-validations.aws.")));

        var results = await RestoreWhollyAsync(host, snapshot);
        Assert.Contains(results.SelectMany(result => result.Notes), note => note.StartsWith("www.sail.test. CNAME", StringComparison.Ordinal));
        Assert.Equal(["_a.sail.test. CNAME", "extra.sail.test. A", "gone.sail.test. TXT", "sail.test. NS", "sail.test. SOA", "www.sail.test. A"], await NamesAsync(host, zone));
        await RestoreWhollyAsync(host, snapshot, target => target with { Prune = true });
        Assert.Equal(["_a.sail.test. CNAME", "gone.sail.test. TXT", "sail.test. NS", "sail.test. SOA", "www.sail.test. A"], await NamesAsync(host, zone));
    }

    [Fact]
    public async Task Many_records_go_in_batches_that_Route_53_takes_and_a_batch_that_meets_another_waits()
    {
        await using var source = await EmptyAsync();
        var zone = await MakeZoneAsync(source, "sail.test.");
        foreach (var batch in Enumerable.Range(0, 1100).Chunk(400)) await ChangeAsync(source, zone, [.. batch.Select(i => Change("UPSERT", Record($"h{i}.sail.test.", "TXT", $"\"{new string('x', 20)}\"")))]);
        // Each leads to the one before it, and the first in the order of names leads to the last.
        await ChangeAsync(source, zone, Change("UPSERT", Record("z.sail.test.", "A", "203.0.113.1")), Change("UPSERT", Alias("m.sail.test.", zone, "z.sail.test.")), Change("UPSERT", Alias("a.sail.test.", zone, "m.sail.test.")));
        var snapshot = await SnapshotAsync(source, "route53");
        await using var target = await EmptyAsync(OtherAccount, "service=route53,operation=ChangeResourceRecordSets,kind=busy,times=2");
        await RestoreWhollyAsync(target, snapshot);
        Assert.Equal(1105, (await RecordsAsync(target, "sail.test.")).Count + 2);
        Assert.InRange(target.Requests.Count("route53", "ChangeResourceRecordSets"), 3, 6);
    }

    [Fact]
    public async Task A_zone_whose_answer_was_lost_is_not_made_twice()
    {
        await using var source = await EmptyAsync();
        await MakeEverythingAsync(source);
        var snapshot = await SnapshotAsync(source, "route53");
        await using var target = await EmptyAsync(OtherAccount, "service=route53,operation=Create*,kind=reset,every=2");
        await RestoreWhollyAsync(target, snapshot);
        Assert.Equal(2, (await AskAsync(target, "GET", "hostedzone"))!.Descendants().Count(each => each.Name.LocalName == "HostedZone"));
    }

    [Fact]
    public async Task Records_are_put_though_some_lead_to_a_distribution_that_could_not_be_made()
    {
        await using var source = await EmptyAsync();
        var made = await SandboxXml.SendAsync(source, "cloudfront", "POST", "/2020-05-31/distribution", EdgeWorld.Distribution("one", "Here"));
        var zone = await MakeZoneAsync(source, "sail.test.");
        await ChangeAsync(source, zone, Change("UPSERT", Record("mail.sail.test.", "MX", "10 mail.test.")), Change("UPSERT", Alias("sail.test.", "Z2FDTNDATAQYW2", EdgeWorld.Text(made, "DomainName") + ".")));
        var snapshot = await SnapshotAsync(source, "cloudfront", "route53");
        await using var target = await EmptyAsync(OtherAccount);
        target.Faults.Add(Fault.Parse("service=cloudfront,operation=CreateDistributionWithTags,kind=deny,times=1"));

        var results = await RestoreAsync(target, snapshot);
        Assert.Contains("sail.test. A (distribution", Assert.Single(results.Single(result => result.Step.Part == "records").Notes), StringComparison.Ordinal);
        Assert.Equal(["mail.sail.test. MX"], (await RecordsAsync(target, "sail.test.")).Select(record => record.Split(": ")[0]));
        await RestoreWhollyAsync(target, snapshot);
        var there = await SandboxXml.SendAsync(target, "cloudfront", "GET", "/2020-05-31/distribution");
        Assert.Contains(EdgeWorld.Text(there, "DomainName")!, string.Join(' ', await RecordsAsync(target, "sail.test.")), StringComparison.Ordinal);
    }
}
