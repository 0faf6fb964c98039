using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>CloudFront Functions: what is being worked on, and what has been published, each with its code.</summary>
internal static class EdgeFunctions
{
    /// <summary>Every function has a stage of development; what is live is known by then.</summary>
    public static async IAsyncEnumerable<Resource> ListAsync(ListedResources listed, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var _ in listed.ListAsync(CloudFrontKinds.LiveFunctions, cancel)) { }
        await foreach (var function in listed.ListAsync(CloudFrontKinds.Functions, cancel)) yield return function;
    }

    public static Task CaptureAsync(WireClient cloudFront, ListedResources listed, Resource resource, ISnapshotSink sink, CancellationToken cancel)
    {
        return Task.WhenAll(
            CaptureStageAsync(CloudFrontKinds.Functions, "development.js"),
            CaptureStageAsync(CloudFrontKinds.LiveFunctions, "live.js"),
            CloudFrontLayer.CaptureTagsAsync(cloudFront, CloudFrontKinds.Functions, resource, sink, cancel));

        Task CaptureStageAsync(ListedKind stage, string code) => listed.Find(stage, resource) is null ? Task.CompletedTask : Task.WhenAll(
            listed.CaptureAsync(stage, resource, sink, cancel),
            cloudFront.CaptureAsync(
                WireRequest.Get("GetFunction", WirePath.Of(CloudFrontKinds.Root + "function/{}", resource.Id), stage.List.Parameters), sink, stage.FolderOf(resource) + code, cancel));
    }
}
