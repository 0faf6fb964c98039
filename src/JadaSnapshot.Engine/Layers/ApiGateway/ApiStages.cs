using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>Reads the stages of both versions.</summary>
internal static class ApiStages
{
    public static IEnumerable<ApiStage> Of(ResourceDocuments documents) =>
        from page in documents.AllJson(ApiDocuments.Stages + "-")
        from stage in page.Items("item").Concat(page.Items("items"))
        select new ApiStage
        {
            Name = stage.Text("stageName") ?? "",
            DeploymentId = stage.Text("deploymentId"),
            Variables = [.. stage.Member("variables").Texts().Keys, .. stage.Member("stageVariables").Texts().Keys],
            ModifiedAt = ApiTime.Of(stage, "lastUpdatedDate"),
        };
}
