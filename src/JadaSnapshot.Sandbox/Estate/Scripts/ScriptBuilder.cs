using System.Text.Json.Nodes;

namespace JadaSnapshot.Sandbox.Estate.Scripts;

/// <summary>Makes the script projects with their history.</summary>
internal static class ScriptBuilder
{
    public static async Task BuildAsync(EstateScript script)
    {
        foreach (var plan in ScriptCatalogue.All) await BuildAsync(script, plan);
    }

    private static async Task BuildAsync(EstateScript script, ScriptPlan plan)
    {
        script.Clock.Set(plan.Stages[0].DaysAgo + 3);
        var project = await script.AppsScriptAsync("POST", "", new JsonObject { ["title"] = plan.Title, ["parentId"] = plan.ParentId });
        var path = $"/{(string)project["scriptId"]!}";
        var deployments = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var stage in plan.Stages)
        {
            script.Clock.Set(stage.DaysAgo);
            await script.AppsScriptAsync("PUT", $"{path}/content", new JsonObject { ["files"] = new JsonArray([.. stage.Files.Select(ToJson)]) });
            if (stage == plan.Stages[^1]) continue;
            var version = await script.AppsScriptAsync("POST", $"{path}/versions", stage.Description is null ? [] : new JsonObject { ["description"] = stage.Description });
            if (stage.Deployment is { } name) await DeployAsync(name, (int)version["versionNumber"]!);
        }

        async Task DeployAsync(string name, int version)
        {
            var config = new JsonObject { ["versionNumber"] = version, ["manifestFileName"] = "appsscript", ["description"] = name };
            if (deployments.TryGetValue(name, out var id)) await script.AppsScriptAsync("PUT", $"{path}/deployments/{id}", new JsonObject { ["deploymentConfig"] = config });
            else deployments[name] = (string)(await script.AppsScriptAsync("POST", $"{path}/deployments", config))["deploymentId"]!;
        }
    }

    private static JsonObject ToJson((string Name, string Type, string Source) file) => new() { ["name"] = file.Name, ["type"] = file.Type, ["source"] = file.Source };
}
