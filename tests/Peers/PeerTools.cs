using System.ComponentModel;
using Xunit;

namespace JadaSnapshot.Peers.Tests;

/// <summary>The tools of others that these tests hold the sandbox against.</summary>
public static class PeerTools
{
    /// <summary>BIND's check of zone files; systems keep it where users' paths do not always lead.</summary>
    public static string NamedCheckzone { get; } = File.Exists("/usr/sbin/named-checkzone") ? "/usr/sbin/named-checkzone" : "named-checkzone";

    private static readonly Lazy<Task<string?>> WithoutPython = new(() => WhyNotAsync("python3", "-c", "import botocore"));

    private static readonly Lazy<Task<string?>> WithoutMoto = new(() => WhyNotAsync("python3", "-c", "import moto.server"));

    private static readonly Lazy<Task<string?>> WithoutAws = new(() => WhyNotAsync("aws", "--version"));

    private static readonly Lazy<Task<string?>> WithoutNamedCheckzone = new(() => WhyNotAsync(NamedCheckzone, "-v"));

    /// <summary>Skips the test where Python or botocore is missing, or fails it where <c>JADA_REQUIRE_PEERS=1</c> says that they must be there.</summary>
    public static async Task RequirePythonAsync() => Require(await WithoutPython.Value);

    /// <summary>The same for the <c>aws</c> command line.</summary>
    public static async Task RequireAwsAsync() => Require(await WithoutAws.Value);

    /// <summary>The same for moto.</summary>
    public static async Task RequireMotoAsync() => Require(await WithoutMoto.Value);

    /// <summary>The same for BIND's <c>named-checkzone</c>.</summary>
    public static async Task RequireNamedCheckzoneAsync() => Require(await WithoutNamedCheckzone.Value);

    /// <summary>Skips the test for this reason, or fails it where <c>JADA_REQUIRE_PEERS=1</c>; does nothing where there is none.</summary>
    public static void Require(string? whyNot)
    {
        if (whyNot is null) return;
        Assert.False(Environment.GetEnvironmentVariable("JADA_REQUIRE_PEERS") == "1", whyNot);
        Assert.Skip(whyNot);
    }

    private static async Task<string?> WhyNotAsync(string tool, params string[] arguments)
    {
        try
        {
            var result = await Tool.RunAsync(tool, arguments, Tool.NoVariables, null, CancellationToken.None);
            return result.Code == 0 ? null : $"{tool} {string.Join(' ', arguments)} ends with {result.Code}: {result.Error.Trim()}";
        }
        catch (Win32Exception)
        {
            return $"{tool} is not on this machine.";
        }
    }
}
