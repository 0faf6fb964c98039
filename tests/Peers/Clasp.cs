using System.ComponentModel;
using System.Text.Json;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Peers.Tests;

/// <summary>The unmodified clasp from npm, installed once among the build's artifacts and pointed at a sandbox.</summary>
public static class Clasp
{
    private const string Version = "3.4.1";
    private const string Preload = "clasp.mjs";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly Lazy<Task<string?>> WhyNot = new(InstallAsync);

    private static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "tools", $"clasp-{Version}");

    // What npm writes last.
    private static string Installed => Path.Combine(Folder, "node_modules", ".package-lock.json");

    private static string Program => Path.Combine(Folder, "node_modules", "@google", "clasp", "build", "src", "index.js");

    /// <summary>Sees that clasp is there; skips the test where it cannot be had, or fails it where <c>JADA_REQUIRE_PEERS=1</c> says that it must be there.</summary>
    public static async Task RequireAsync() => PeerTools.Require(await WhyNot.Value);

    /// <summary>Runs a command that must succeed, in a project's folder.</summary>
    public static async Task RunAsync(SandboxHost sandbox, string project, params string[] arguments)
    {
        var credentials = Path.Combine(Path.GetDirectoryName(project)!, ".clasprc.json");
        await File.WriteAllTextAsync(credentials, Credentials(sandbox), TestContext.Current.CancellationToken);
        Dictionary<string, string> environment = new() { ["JADA_GOOGLE_ENDPOINT_URL"] = sandbox.Endpoint, ["NO_PROXY"] = "127.0.0.1", ["CI"] = "1" };
        string[] command = ["--import", new Uri(Path.Combine(Path.GetFullPath(Folder), Preload)).AbsoluteUri, Program, "--auth", credentials, .. arguments];
        var result = await Tool.RunAsync("node", command, environment, null, TestContext.Current.CancellationToken, project);
        Assert.True(result.Code == 0, $"clasp {string.Join(' ', arguments)} ends with {result.Code}: {result.Error}{result.Output}");
    }

    private static string Credentials(SandboxHost sandbox) => JsonSerializer.Serialize(new
    {
        tokens = new { @default = new { type = "authorized_user", client_id = "none", client_secret = "none", refresh_token = "none", access_token = sandbox.GoogleAccessToken, expiry_date = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds() } },
    });

    private static async Task<string?> InstallAsync()
    {
        try
        {
            Directory.CreateDirectory(Folder);
            if (!File.Exists(Installed))
            {
                using var late = new CancellationTokenSource(Patience);
                var result = await Tool.RunAsync("npm", ["install", "--prefix", Folder, "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1", "--fetch-timeout=30000", $"@google/clasp@{Version}"], Tool.NoVariables, null, late.Token);
                if (result.Code != 0 || !File.Exists(Installed)) return $"npm does not bring clasp {Version}: {result.Error.Trim()}";
            }
            File.Copy(Path.Combine(AppContext.BaseDirectory, Preload), Path.Combine(Folder, Preload), overwrite: true);
            return null;
        }
        catch (Win32Exception)
        {
            return "npm is not on this machine.";
        }
        catch (OperationCanceledException)
        {
            return $"npm has not brought clasp {Version} in {Patience.TotalMinutes} minutes.";
        }
    }
}
