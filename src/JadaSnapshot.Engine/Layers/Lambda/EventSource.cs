using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>What feeds a function: one event source mapping with its tags.</summary>
internal static class EventSource
{
    public const string Tags = ".tags.json";

    /// <param name="lambda">The service, in the mapping's region.</param>
    /// <param name="id">The mapping's UUID.</param>
    /// <param name="arn">Its ARN; tags have no other way to it.</param>
    /// <param name="path">The path of its documents, without an ending.</param>
    /// <param name="sink">Where to put them.</param>
    /// <param name="cancel">Ends it.</param>
    public static Task CaptureAsync(WireClient lambda, string id, string? arn, string path, ISnapshotSink sink, CancellationToken cancel) => Task.WhenAll(
        lambda.CaptureAsync(LambdaService.Get("GetEventSourceMapping", WirePath.Of("/2015-03-31/event-source-mappings/{}", id)), sink, path + ".json", cancel),
        arn is null ? Task.CompletedTask : CaptureTagsAsync(lambda, arn, path + Tags, sink, cancel));

    /// <summary>The tags of what is no function; functions tell theirs themselves.</summary>
    public static Task CaptureTagsAsync(WireClient lambda, string arn, string path, ISnapshotSink sink, CancellationToken cancel) =>
        lambda.CaptureAsync(LambdaService.Get("ListTags", WirePath.Of("/2017-03-31/tags/{}", arn)), sink, path, cancel, isSet: answer => answer.Json().Member("Tags").Texts().Count > 0);
}
