using System.Management.Automation;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Layers.CloudFront;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>Makes invalidations for cmdlets, with progress.</summary>
internal static class Invalidations
{
    /// <summary>How long an invalidation is waited for where nobody says otherwise.</summary>
    public static TimeSpan LongestWait { get; } = TimeSpan.FromMinutes(30);

    /// <summary>Makes one, waits for it, and hands it out as it is then. One that CloudFront refuses is an error, and the next ones go on.</summary>
    public static async Task RunAsync(AwsConnection connection, string distributionId, IReadOnlyList<string> paths, TimeSpan patience, PipelineWriter pipeline, CancellationToken cancel)
    {
        var activity = $"CloudFront fetches anew: {distributionId}";
        try
        {
            var made = await new InvalidationRun(connection).RunAsync(
                distributionId, paths, patience, seen => pipeline.Progress(new(0, activity, $"{seen.InvalidationId}: {seen.Status}")), cancel);
            pipeline.Write(made);
            if (patience > TimeSpan.Zero && made.Status != "Completed") pipeline.Warning($"The invalidation {made} is not done after {patience}. CloudFront goes on with it.");
        }
        catch (ServiceException exception)
        {
            pipeline.Error(exception.ToErrorRecord(distributionId));
        }
        pipeline.Progress(new(0, activity, "Done") { RecordType = ProgressRecordType.Completed });
    }
}
