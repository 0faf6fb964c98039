using JadaSnapshot.Engine.Store;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Store;

/// <summary>A snapshot with a base that is broken off, and a base that goes away.</summary>
public sealed class BaseInterruptionTests : BaseTest
{
    [Theory]
    [InlineData("with its base")]
    [InlineData("without a base")]
    [InlineData("after its base was removed")]
    [InlineData("with another base")]
    public async Task Broken_off_after_any_step_it_is_completed(string how)
    {
        await TakeAsync(Order());
        await TakeAsync(Order() with { Name = "other" });
        List<string> steps = [];
        await TakeAsync(Next(steps.Add) with { Name = "steps" }, "index.html");
        for (var step = 0; step < steps.IndexOf("described"); step++)
        {
            var (name, countdown) = ($"broken-{step}", step);
            await TakeAsync(Order() with { Name = "gone" });
            var begun = Next() with { Name = name, Base = how == "after its base was removed" ? "gone" : "v1.0" };
            await Assert.ThrowsAsync<PowerCut>(() => TakeAsync(begun with { OnStep = _ => { if (countdown-- == 0) throw new PowerCut(); } }, "index.html"));
            Directory.Delete(Path.Combine(Store, "gone"), recursive: true);

            var completed = await TakeAsync(begun with { Base = how switch { "with its base" => "v1.0", "with another base" => "other", _ => null } }, "index.html");
            Assert.Equal(8, completed.Snapshot.FileCount);
            Assert.Equal("index.html 2", await File.ReadAllTextAsync(Path.Combine(completed.Snapshot.Path, Index), Cancel));
            await AssertWholeAsync(completed.Snapshot);
            if (how == "with its base") Assert.True(IsShared(SnapshotReader.Read(Path.Combine(Store, "v1.0")), completed.Snapshot, Code), steps[step]);
            if (how == "without a base" && step > steps.IndexOf("journal made")) Assert.Equal("v1.0", completed.Snapshot.Base);
        }
        await AssertWholeAsync(SnapshotReader.Read(Path.Combine(Store, "v1.0")));
    }

    [Fact]
    public async Task What_was_taken_over_before_the_break_is_kept_without_the_base()
    {
        await TakeAsync(Order());
        await using (var writer = await SnapshotWriter.OpenAsync(Next(), Cancel))
            Assert.NotNull(writer.Keep(Site, Index, entry => entry, Cancel));
        Directory.Delete(Path.Combine(Store, "v1.0"), recursive: true);

        var completed = await TakeAsync(Next() with { Base = null });
        Assert.DoesNotContain(Index, completed.Captured);
        await AssertWholeAsync(completed.Snapshot);
    }

    [Fact]
    public async Task A_base_that_is_removed_during_the_run_is_missed_by_no_one()
    {
        var first = await TakeAsync(Order());
        await using var writer = await SnapshotWriter.OpenAsync(Next(), Cancel);
        Assert.NotNull(writer.Keep(Mailer, Code, entry => entry, Cancel));
        Directory.Delete(first.Snapshot.Path, recursive: true);
        Assert.Null(writer.Keep(Site, Index, entry => entry, Cancel));
        writer.CompleteResource(Mailer);
        await AssertWholeAsync(await writer.FinishAsync([], Cancel));
    }

    private sealed class PowerCut : Exception;
}
