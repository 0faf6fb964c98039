namespace JadaSnapshot.Pester.Tests;

/// <summary>Each <c>*.Tests.ps1</c> beside this file, run in a PowerShell session of its own on the built module.</summary>
public sealed class PesterTests(PesterRun pester) : IClassFixture<PesterRun>
{
    public static TheoryData<string> Files => [.. PesterRun.Files];

    [Theory(Timeout = 240_000)]
    [MemberData(nameof(Files))]
    public async Task Passes_in_PowerShell(string file)
    {
        if (pester.Missing is { } reason)
        {
            Assert.False(PesterRun.IsRequired, $"JADA_REQUIRE_PWSH is set, and there is {reason}.");
            Assert.Skip($"Pester tests need PowerShell 7.6 and Pester 5: {reason}.");
        }

        var outcome = await pester.RunAsync(file, TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper?.WriteLine(outcome.Output);
        Assert.True(outcome.IsPassed, outcome.Output);
    }
}
