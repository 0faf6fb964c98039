using System.ComponentModel;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Report;
using Xunit;

namespace JadaSnapshot.Peers.Tests;

/// <summary>Reports as a browser shows them: a headless Chromium.</summary>
public sealed class ReportTests(SandboxFixture fixture)
{
    private static readonly Lazy<Task<(string? Chromium, string? WhyNot)>> Browser = new(FindAsync);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_asks_for_nothing_complains_of_nothing_and_can_be_searched_sorted_and_read_on_a_phone_and_in_the_dark()
    {
        using var store = new TemporaryStore();
        using var connection = AwsConnection.Open(new() { EndpointUrl = fixture.Sandbox.Endpoint, AccessKey = fixture.Sandbox.AccessKey, SecretKey = fixture.Sandbox.SecretKey, Region = "us-west-2", UseBudgets = false });
        var snapshot = await new CaptureRun(connection, new() { Store = store.Path, Name = "v1.0", Layers = ["acm", "apigateway", "cloudfront", "lambda", "route53", "s3"] }).RunAsync(problem => Assert.Fail($"{problem}"), Cancel);
        var page = await LookAsync(Path.Combine(snapshot.Path, "report.html"), "bobdylan");
        AssertSound(page);
        Assert.InRange(page.GetProperty("narrowed").GetInt32(), 1, page.GetProperty("rows").GetInt32() / 4);
        Assert.Equal($"{page.GetProperty("narrowed")} of {page.GetProperty("rows")}", page.GetProperty("said").GetString());
        Assert.NotEqual(page.GetProperty("light").GetString(), page.GetProperty("dark").GetString());
    }

    [Fact]
    public async Task Names_that_are_scripts_do_nothing_and_names_without_a_blank_do_not_widen_a_phone()
    {
        const string script = "\"'><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"><base href=//evil.example/>";
        using var store = new TemporaryStore();
        var file = Path.Combine(store.Path, "report.html");
        var world = new ReportWorld { Name = script }
            .Bucket(script, (script + "/a", 1), (new string('x', 300) + "/b", 2))
            .Distribution("E1", "d1.cloudfront.net", [script], script, comment: script)
            .Problem(new() { Layer = "s3", Resource = new('y', 350), Operation = script, ErrorCode = new('z', 350), Message = script });
        await File.WriteAllTextAsync(file, world.Write(), Cancel);
        var page = await LookAsync(file, "onerror");
        AssertSound(page);
        Assert.StartsWith("\"'><script>", page.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    private static void AssertSound(JsonElement page)
    {
        Assert.Empty(page.GetProperty("complaints").EnumerateArray());
        Assert.StartsWith("file:", Assert.Single(page.GetProperty("requests").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.True(page.GetProperty("kept").GetBoolean(), "A row stayed that does not hold the word.");
        Assert.Equal(page.GetProperty("rows").GetInt32(), page.GetProperty("again").GetInt32());
        Assert.True(page.GetProperty("sorted").GetBoolean(), "The sizes are not in order.");
        Assert.Equal(360, page.GetProperty("width").GetInt32());
        Assert.Empty(page.GetProperty("hanging").EnumerateArray());
    }

    private static async Task<JsonElement> LookAsync(string file, string word)
    {
        var (chromium, whyNot) = await Browser.Value;
        PeerTools.Require(whyNot);
        var result = await Tool.RunAsync("node", [Path.Combine(AppContext.BaseDirectory, "report.mjs"), chromium!, file, word], Tool.NoVariables, null, Cancel);
        Assert.True(result.Code == 0, result.Error);
        return JsonElement.Parse(result.Output);
    }

    private static async Task<(string? Chromium, string? WhyNot)> FindAsync()
    {
        if (await RunsAsync("node") is { } withoutNode) return (null, withoutNode);
        foreach (var name in (string[])["chromium", "chromium-browser", "google-chrome"])
            if (await RunsAsync(name) is null) return (name, null);
        return (null, "There is no Chromium on this machine.");
    }

    private static async Task<string?> RunsAsync(string tool)
    {
        try
        {
            var result = await Tool.RunAsync(tool, ["--version"], Tool.NoVariables, null, CancellationToken.None);
            return result.Code == 0 ? null : $"{tool} --version ends with {result.Code}.";
        }
        catch (Win32Exception)
        {
            return $"{tool} is not on this machine.";
        }
    }
}
