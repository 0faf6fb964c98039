using JadaSnapshot.Engine.Store;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Store;

public sealed class RetentionTests : RemovalTest
{
    [Fact]
    public async Task Of_each_of_the_last_days_that_have_any_the_newest_stays()
    {
        await TakeAsync("a", Day(1, 2));
        await TakeAsync("b", Day(3, 1));
        await TakeAsync("c", Day(3, 23));
        await TakeAsync("d", Day(4, 0));
        await TakeAsync("e", Day(9, 0));
        Assert.Equal(["c", "d", "e"], Kept(new() { Daily = 3 }));
        Assert.Equal("daily 2026-03-03", Removal(Plan(new() { Daily = 3 }), "c").Reason);
    }

    [Fact]
    public async Task Rules_add_up_and_each_says_why()
    {
        // Monday 2026-02-23 begins a week that ends in March.
        await TakeAsync("year", new(2025, 12, 31, 23, 59, 0, TimeSpan.Zero));
        await TakeAsync("month", new(2026, 2, 22, 0, 0, 0, TimeSpan.Zero));
        await TakeAsync("week", new(2026, 3, 1, 23, 0, 0, TimeSpan.Zero));
        await TakeAsync("old", Day(2, 1));
        await TakeAsync("day", Day(2, 2));
        await TakeAsync("last", Day(2, 3));
        Assert.Equal(["year", "month", "last"], Kept(new() { Last = 1, Monthly = 2, Yearly = 2 }, except: "week"));
        Assert.Equal(["year", "week", "day", "last"], Kept(new() { Last = 2, Weekly = 2, Yearly = 2 }));
        Assert.Equal("last 2; weekly 2026-W10; yearly 2026", Removal(Plan(new() { Last = 2, Weekly = 2, Yearly = 2 }), "last").Reason.Split("; it is")[0]);
        Assert.Equal("no rule keeps it", Removal(Plan(new() { Last = 2, Weekly = 2, Yearly = 2 }), "old").Reason);
    }

    [Fact]
    public async Task A_day_is_one_of_utc_wherever_one_is()
    {
        await TakeAsync("a", new(2026, 3, 1, 20, 0, 0, TimeSpan.FromHours(-8)));
        await TakeAsync("b", new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(-8)));
        Assert.Equal(["b"], Kept(new() { Daily = 5 }));
    }

    [Fact]
    public async Task An_incomplete_snapshot_displaces_no_complete_one_and_goes_as_others_do()
    {
        await TakeAsync("whole", Day(1, 1));
        await TakeAsync("lacking", Day(1, 2), isComplete: false);
        await TakeAsync("lacking too", Day(1, 3), isComplete: false);
        Assert.Equal(["whole", "lacking too"], Kept(new() { Daily = 5 }));
    }

    [Fact]
    public async Task A_snapshot_that_holds_less_displaces_none_that_holds_more()
    {
        await TakeAsync("all", Day(1, 1), order => order with { Layers = ["lambda", "s3"] });
        await TakeAsync("s3", Day(1, 2));
        await TakeAsync("one region", Day(1, 3), order => order with { Regions = ["us-east-1"], Layers = ["lambda", "s3"] });
        await TakeAsync("other account", Day(1, 4), order => order with { Account = "999999999999" });
        Assert.Equal(["all", "s3", "one region", "other account"], Kept(new() { Daily = 5 }));
        await TakeAsync("everything", Day(1, 5), order => order with { Layers = ["lambda", "route53", "s3"] });
        Assert.Equal(["other account", "everything"], Kept(new() { Daily = 5 }));
    }

    [Fact]
    public async Task The_newest_complete_one_of_an_account_goes_only_by_its_name()
    {
        await TakeAsync("a", Day(1, 1));
        await TakeAsync("b", Day(2, 1));
        await TakeAsync("c", Day(3, 1), isComplete: false);
        await TakeAsync("other", Day(1, 1), order => order with { Account = "999999999999" });
        Assert.Equal(["other", "b"], Kept(new() { OlderThan = Day(9, 1) }));
        Assert.Equal(["other", "b"], Kept(rules: null));
        Assert.Equal(RemovalAction.Remove, Named("b").Snapshots[0].Action);
    }

    [Fact]
    public async Task Only_what_is_older_goes()
    {
        await TakeAsync("a", Day(1, 1));
        await TakeAsync("b", Day(2, 1));
        await TakeAsync("c", Day(3, 1));
        Assert.Equal(["b", "c"], Kept(new() { OlderThan = Day(2, 1) }));
        Assert.Equal(["b", "c"], Kept(new() { Last = 1, OlderThan = Day(2, 1) }));
        Assert.Equal("older than 2026-03-02 01:00Z", Removal(Plan(new() { OlderThan = Day(2, 1) }), "a").Reason);
    }

    [Fact]
    public async Task What_a_name_is_to_keep_stays()
    {
        await TakeAsync("v1.0", Day(1, 1));
        await TakeAsync("nightly", Day(2, 1));
        await TakeAsync("today", Day(3, 1));
        Assert.Equal(["v1.0", "today"], Kept(new() { Last = 1, KeepsName = name => name.StartsWith('v') }));
    }

    [Fact]
    public async Task Rules_leave_alone_what_is_damaged_or_may_be_continued()
    {
        await TakeAsync("old", Day(1, 1), isFinished: false);
        await TakeAsync("broken", Day(2, 1));
        await TakeAsync("whole", Day(3, 1));
        await TakeAsync("under way", Day(4, 1), isFinished: false);
        File.Delete(Path.Combine(Store, "broken", "snapshot.json"));
        Assert.Equal(["broken", "old", "whole", "under way"], Kept(new() { Last = 1 }));
        Assert.Equal(["broken", "whole", "under way"], Kept(new() { Last = 1 }, partial: true));
        Assert.Equal(["broken", "whole"], Kept(rules: null, partial: true));
    }

    [Fact]
    public async Task A_base_that_is_still_needed_stays_and_whoever_names_it_is_told()
    {
        await TakeAsync("a", Day(1, 1));
        await TakeAsync("b", Day(2, 1));
        await TakeAsync("c", Day(3, 1));
        await TakeAsync("d", Day(4, 1), order => order with { Base = "a" }, isFinished: false);
        Assert.Equal(["a", "c", "d"], Kept(new() { Last = 1 }));
        var declared = RemovalPlan.Make(new() { Store = Store, Rules = new() { Last = 1 }, DeclaredBase = "b" });
        Assert.Equal(RemovalAction.Keep, Removal(declared, "b").Action);
        var named = Named("a");
        Assert.Equal(RemovalAction.Remove, named.Snapshots[0].Action);
        Assert.Contains("'d'", named.ConsequenceOf(named.Snapshots[0]), StringComparison.Ordinal);
    }

    private static DateTimeOffset Day(int day, int hour) => new(2026, 3, day, hour, 0, 0, TimeSpan.Zero);

    private RemovalPlan Plan(RetentionRules? rules, bool partial = false, string? except = null) =>
        RemovalPlan.Make(new() { Store = Store, Rules = rules, IncludeUnfinished = partial, IsMeant = snapshot => snapshot.Name != except });

    private List<string> Kept(RetentionRules? rules, bool partial = false, string? except = null) =>
        [.. Plan(rules, partial, except).Snapshots.Where(removal => removal.Action == RemovalAction.Keep).Select(removal => removal.Name)];
}
