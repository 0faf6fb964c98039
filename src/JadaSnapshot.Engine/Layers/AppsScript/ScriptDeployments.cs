using System.Text.Json;
using JadaSnapshot.Engine.Connections.Google;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.AppsScript;

/// <summary>The deployments of one project, which can be moved to other versions while the files stay as they are.</summary>
/// <param name="google">Who calls.</param>
/// <param name="scriptId">The project.</param>
public sealed class ScriptDeployments(GoogleConnection google, string scriptId)
{
    private readonly ScriptCalls _calls = new(google, scriptId);

    /// <summary>Those that show a version.</summary>
    /// <exception cref="ServiceException">There is no such project, or Google refuses.</exception>
    public async Task<IReadOnlyList<ScriptDeployment>> ListAsync(CancellationToken cancel) =>
        [.. (await _calls.ListAsync("deployments", cancel)).Where(each => ScriptProjectView.VersionOf(each) is not null).Select(ScriptProjectView.ToDeployment)];

    /// <summary>The versions that there are.</summary>
    /// <exception cref="ServiceException">There is no such project, or Google refuses.</exception>
    public async Task<IReadOnlyList<int>> VersionsAsync(CancellationToken cancel) => [.. (await _calls.ListAsync("versions", cancel)).Select(each => (int)(each.Number("versionNumber") ?? 0)).Order()];

    /// <summary>Moves a deployment to a version; its id, its address and what is said of it stay.</summary>
    /// <param name="deploymentId">The deployment.</param>
    /// <param name="version">The version.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ServiceException">There is no such deployment or version, or Google refuses.</exception>
    public async Task<ScriptDeployment> MoveAsync(string deploymentId, int version, CancellationToken cancel)
    {
        var deployment = (await _calls.ListAsync("deployments", cancel)).Find(each => each.Text("deploymentId") == deploymentId);
        if (deployment.ValueKind == JsonValueKind.Undefined) throw GoogleFailures.Invalid("DeploymentMissing", $"There is no deployment {deploymentId} any more.");
        return ScriptProjectView.ToDeployment(await _calls.UpdateDeploymentAsync(deploymentId, deployment.Member("deploymentConfig"), version, cancel));
    }
}
