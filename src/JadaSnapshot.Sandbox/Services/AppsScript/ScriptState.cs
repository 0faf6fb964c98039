using System.Security.Cryptography;
using System.Text;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.AppsScript;

/// <summary>The projects, and the ids that they and their deployments get: the same in the same order of calls.</summary>
internal sealed class ScriptState(SandboxWorld world)
{
    private const string User = "crew@sailjada.example";

    private int _ids;

    public SandboxWorld World => world;

    public Dictionary<string, ScriptProject> Projects { get; } = new(StringComparer.Ordinal);

    public static string UserEmail => User;

    /// <summary>The id of the project that is made as the n-th of all, from 1.</summary>
    public static string ProjectId(int number) => "1" + Letters($"project/{number}", 56);

    public string NewProjectId() => ProjectId(Projects.Count + 1);

    public string NewDeploymentId() => "AKfycb" + Letters($"deployment/{++_ids}", 65);

    /// <exception cref="SandboxException">There is no such project.</exception>
    public ScriptProject Project(Call call) => Projects.GetValueOrDefault(call.Label("scriptId")) ?? throw GoogleErrors.Of("NOT_FOUND");

    private static string Letters(string text, int length) =>
        (Convert.ToBase64String(SHA512.HashData(Encoding.UTF8.GetBytes(text))).Replace('+', '-').Replace('/', '_'))[..length];
}
