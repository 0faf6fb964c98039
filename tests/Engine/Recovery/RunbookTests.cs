using System.Text;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Recovery;

public sealed class RunbookTests
{
    public static TheoryData<string> Layers => [.. LayerCatalog.Names];

    [Theory]
    [MemberData(nameof(Layers))]
    public void Says_how_each_layer_comes_back(string layer)
    {
        var alone = Write("one", [layer]);
        Assert.True(alone.Length > Write("one", []).Length + 200, $"Layers/…/Recovery.md of {layer} is missing or empty.");
    }

    [Fact]
    public void Speaks_of_nothing_that_was_not_captured_and_puts_what_others_refer_to_first()
    {
        var text = Write("v1.0", ["route53", "dynamodb", "cloudfront"]);
        Assert.DoesNotContain("## Buckets", text, StringComparison.Ordinal);
        Assert.Equal(["## Tables", "## Distributions", "## Zones"], text.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
    }

    private static string Write(string name, string[] layers) => Encoding.UTF8.GetString(new Runbook().Write(new()
    {
        Name = name,
        Account = "782785212866",
        Layers = layers,
        Resources = [],
        Documents = [],
        Read = path => throw new FileNotFoundException(path),
        Fingerprint = text => text,
    }));
}
