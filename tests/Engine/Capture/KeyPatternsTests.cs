using JadaSnapshot.Engine.Capture;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Capture;

public sealed class KeyPatternsTests
{
    [Theory]
    [InlineData("logs/*", "logs/2026/a.gz", true)]
    [InlineData("logs/*", "old/logs/a.gz", false)]
    [InlineData("*.gz", "logs/2026/a.gz", true)]
    [InlineData(".git/*", ".git/HEAD", true)]
    [InlineData(".git/*", "xgit/HEAD", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("[ab]*", "beta", true)]
    [InlineData("[!ab]*", "beta", false)]
    [InlineData("[!ab]*", "gamma", true)]
    [InlineData("a[", "a[", true)]
    [InlineData("a[]]b", "a]b", true)]
    [InlineData("a.c", "abc", false)]
    [InlineData("line*", "line\nbreak", true)]
    [InlineData("Logs/*", "logs/a", false)]
    public void A_pattern_is_read_as_the_aws_command_line_reads_it(string pattern, string key, bool matches) =>
        Assert.Equal(matches, KeyPatterns.Of([pattern]).Match(key));

    [Fact]
    public void No_pattern_matches_nothing() => Assert.False(KeyPatterns.None.Match(""));
}
