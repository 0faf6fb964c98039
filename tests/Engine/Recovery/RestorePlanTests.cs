using JadaSnapshot.Engine.Layers.Iam;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using JadaSnapshot.Sandbox.Services.S3;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Recovery;

/// <summary>What a plan says and what carrying it out does, on roles and buckets: the rules are the same for every layer.</summary>
public sealed class RestorePlanTests : RestoreTest
{
    private const string Role = "booking-confirmation-role";
    private const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
    private const string Own = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"dynamodb:GetItem","Resource":"*"}]}""";
    private const string HomeAccount = "111122223333";

    [Fact]
    public async Task Only_what_differs_is_changed_back_and_only_that()
    {
        await using var host = await StartAsync();
        var snapshot = await SnapshotAsync(host, "iam");
        Assert.Empty(ToDo(await PlanAsync(host, snapshot)));
        await IamAsync(host, "PutRolePolicy", ("RoleName", Role), ("PolicyName", "extra"), ("PolicyDocument", Own));
        await IamAsync(host, "UpdateRole", ("RoleName", "jada-operator"), ("Description", "somebody else"), ("MaxSessionDuration", "3600"));

        var plan = (await PlanAsync(host, snapshot)).Where(step => step.Action != RestoreAction.Skip).ToList();
        Assert.Equal([(RestoreAction.Update, Role), (RestoreAction.Update, "jada-operator")], plan.Select(step => (step.Action, step.TargetName)));
        Assert.Contains(plan[1].Changes, change => change is { Path: "Description", Snapshot: "Who takes the helm", Live: "somebody else" });

        host.Requests.Clear();
        Assert.All(await RestoreAsync(host, snapshot), IsDone);
        Assert.Equal((1, 1), (host.Requests.Count("iam", "DeleteRolePolicy"), host.Requests.Count("iam", "UpdateRole")));
        Assert.Empty(ToDo(await PlanAsync(host, snapshot)));
        Assert.Empty(Problems);
    }

    [Fact]
    public async Task A_policy_that_says_something_else_by_a_newer_version_says_again_what_it_said()
    {
        await using var host = await StartAsync();
        var snapshot = await SnapshotAsync(host, "iam");
        await IamAsync(host, "CreatePolicyVersion", ("PolicyArn", $"arn:aws:iam::{HomeAccount}:policy/jada/jada-boundary"), ("PolicyDocument", Own.Replace("dynamodb:GetItem", "*", StringComparison.Ordinal)), ("SetAsDefault", "true"));

        var step = Assert.Single(await PlanAsync(host, snapshot), step => step.Action != RestoreAction.Skip);
        Assert.Contains(step.Changes, change => change is { Snapshot: "dynamodb:GetItem", Live: "*" });
        await RestoreWhollyAsync(host, snapshot);
    }

    [Fact]
    public async Task What_a_resource_refers_to_and_is_missing_comes_with_it_and_nothing_else_does()
    {
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false }, Cancel);
        var snapshot = await SnapshotAsync(host, "iam", "s3");
        var replicated = Path.GetFileName(Path.GetDirectoryName(Directory.EnumerateFiles(Path.Combine(snapshot.Path, "aws-configs", "s3"), "replication.xml", SearchOption.AllDirectories).Single()));
        await using var empty = await EmptyAsync(OtherAccount);

        var plan = await PlanAsync(empty, snapshot, selection: new(["s3"], bucket => bucket.Name == replicated));
        var role = Assert.Single(plan, step => step.Layer == "iam");
        Assert.Equal(("jada-s3-replication", RestoreAction.Create, $"it is not there, and {replicated} refers to it"), (role.Name, role.Action, role.Reason));
        Assert.All(plan.Where(step => step.Layer == "s3"), step => Assert.Equal(replicated, step.Name));
        Assert.Equal([RestorePhase.Roles, RestorePhase.Buckets, RestorePhase.Objects, RestorePhase.BucketSettings], plan.Select(step => step.Phase));
    }

    [Fact]
    public async Task Names_may_be_others_and_references_to_them_follow()
    {
        await using var host = await StartAsync();
        var snapshot = await SnapshotAsync(host, "iam");
        static RestoreTarget Renamed(RestoreTarget target) => target with { NamePrefix = "copy-" };

        var results = await RestoreAsync(host, snapshot, asked: Renamed);
        Assert.All(results, IsDone);
        Assert.All(results, result => Assert.StartsWith("copy-", result.TargetName, StringComparison.Ordinal));
        Assert.Contains(results.SelectMany(result => result.Rewritten), reference => reference.From.EndsWith("policy/jada/jada-boundary", StringComparison.Ordinal) && reference.To.EndsWith("policy/jada/copy-jada-boundary", StringComparison.Ordinal));
        Assert.Empty(ToDo(await PlanAsync(host, snapshot, asked: Renamed)));
        Assert.Empty(ToDo(await PlanAsync(host, snapshot)));
    }

    [Fact]
    public async Task What_the_snapshot_does_not_have_stays_unless_it_is_to_be_pruned()
    {
        await using var host = await StartAsync();
        var snapshot = await SnapshotAsync(host, "iam");
        await IamAsync(host, "CreateRole", ("RoleName", "newcomer"), ("AssumeRolePolicyDocument", Trust));
        await IamAsync(host, "PutRolePolicy", ("RoleName", "newcomer"), ("PolicyName", "own"), ("PolicyDocument", Own));

        Assert.Empty(ToDo(await PlanAsync(host, snapshot)));
        var deletion = Assert.Single(await PlanAsync(host, snapshot, asked: Pruning), step => step.Action != RestoreAction.Skip);
        Assert.Equal((RestoreAction.Delete, "newcomer", RestorePhase.Deletions), (deletion.Action, deletion.TargetName, deletion.Phase));
        Assert.All(await RestoreAsync(host, snapshot, asked: Pruning), IsDone);
        Assert.Empty(ToDo(await PlanAsync(host, snapshot, asked: Pruning)));

        static RestoreTarget Pruning(RestoreTarget target) => target with { Prune = true };
    }

    [Fact]
    public async Task Nothing_is_planned_for_what_could_not_be_listed_or_read()
    {
        await using var host = await StartAsync();
        var snapshot = await SnapshotAsync(host, "iam");
        host.Faults.Add(Fault.Parse("service=iam,operation=GetAccountAuthorizationDetails,kind=deny"));

        var plan = await PlanAsync(host, snapshot);
        Assert.All(plan, step => Assert.Equal(RestoreAction.Cannot, step.Action));
        Assert.Contains(plan, step => step.Reason.Contains("could not be listed", StringComparison.Ordinal));
        Assert.NotEmpty(Problems);
    }

    [Fact]
    public async Task Answers_that_are_lost_make_nothing_twice_and_what_fails_for_good_is_named_while_the_rest_goes_on()
    {
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false }, Cancel);
        var snapshot = await SnapshotAsync(host, "iam", "s3");
        await using var empty = await EmptyAsync(OtherAccount);
        empty.Faults.Add(Fault.Parse("service=iam,operation=CreateRole,every=2,kind=reset"));
        empty.Faults.Add(Fault.Parse("service=s3,operation=CreateBucket,every=3,kind=reset"));
        empty.Faults.Add(Fault.Parse("service=s3,operation=PutBucketPolicy,kind=deny"));

        var results = await RestoreAsync(empty, snapshot);
        Assert.All(results.Where(result => result.Status == RestoreStatus.Failed), result => Assert.Contains("PutBucketPolicy", Assert.Single(result.Notes), StringComparison.Ordinal));
        Assert.Equal(30, results.Count(result => result.Status == RestoreStatus.Failed));

        empty.Faults.Clear();
        Assert.All(await RestoreAsync(empty, snapshot), IsDone);
        Assert.Empty(ToDo(await PlanAsync(empty, snapshot)));
    }

    [Fact]
    public async Task A_file_of_the_snapshot_that_has_rotted_is_named_and_not_put_back()
    {
        await using var host = await EmptyAsync(options => options with { SyntheticBuckets = [Bucket("alpha"), Bucket("beta")] });
        var snapshot = await SnapshotAsync(host, "s3");
        var file = Directory.EnumerateFiles(Path.Combine(snapshot.Path, "s3-buckets"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var bytes = File.ReadAllBytes(file);
        bytes[0] ^= 1;
        File.WriteAllBytes(file, bytes);
        await using var empty = await EmptyAsync(OtherAccount);

        var failed = Assert.Single(await RestoreAsync(empty, snapshot), result => result.Status == RestoreStatus.Failed);
        Assert.Equal("objects", failed.Step.Part);
        Assert.Contains(Path.GetFileName(file), Assert.Single(failed.Notes), StringComparison.Ordinal);
    }

    // A policy, and roles that have it attached, for a boundary, and policies of their own.
    private static async Task<SandboxHost> StartAsync()
    {
        var host = await EmptyAsync(HomeAccount);
        await IamAsync(host, "CreatePolicy", ("PolicyName", "jada-boundary"), ("Path", "/jada/"), ("PolicyDocument", Own), ("Tags.member.1.Key", "owner"), ("Tags.member.1.Value", "crew"));
        await IamAsync(host, "CreateRole", ("RoleName", Role), ("Path", "/service-role/"), ("AssumeRolePolicyDocument", Trust));
        await IamAsync(host, "PutRolePolicy", ("RoleName", Role), ("PolicyName", "own-table"), ("PolicyDocument", Own));
        await IamAsync(host, "CreateRole", ("RoleName", "jada-operator"), ("AssumeRolePolicyDocument", Trust), ("Description", "Who takes the helm"), ("MaxSessionDuration", "7200"), ("PermissionsBoundary", $"arn:aws:iam::{HomeAccount}:policy/jada/jada-boundary"));
        await IamAsync(host, "AttachRolePolicy", ("RoleName", "jada-operator"), ("PolicyArn", $"arn:aws:iam::{HomeAccount}:policy/jada/jada-boundary"));
        return host;
    }

    private static SyntheticBucket Bucket(string name) => SyntheticBucket.Parse($"name={name},count=5,size=2000");

    private static Task<WireResponse> IamAsync(SandboxHost host, string operation, params (string Name, string Value)[] members) =>
        CallAsync(host, IamLayer.Service, new() { Operation = operation, Parameters = [.. members.Select(member => new KeyValuePair<string, string>(member.Name, member.Value))] });
}
