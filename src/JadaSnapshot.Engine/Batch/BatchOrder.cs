using System.Text.RegularExpressions;
using JadaSnapshot.Engine.Copies;

namespace JadaSnapshot.Engine.Batch;

/// <summary>How S3 Batch Operations copies (<see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-copy-object.html"/>).</summary>
public sealed partial record BatchOrder
{
    /// <summary>Where manifest and report lie in the destination's bucket, where no other place is given.</summary>
    internal const string UsualPrefix = ".jada-batch/";

    /// <summary>The role that S3 takes on: it reads the objects and the manifest, and writes the copies and the report.</summary>
    public required string RoleArn { get; init; }

    /// <summary>Where the job's manifest and its report lie; null for <c>.jada-batch/</c> of the destination's bucket.</summary>
    public S3Place? Report { get; init; }

    /// <summary>Which of the account's jobs go first: those with the higher number.</summary>
    public int Priority { get; init; } = 10;

    /// <summary>Why a place cannot be copied to another by a job like this; null where it can.</summary>
    public string? WhyNot(BucketPlace source, BucketPlace destination)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(destination);
        var report = ReportFor(destination);
        var place = new BucketPlace(report.Bucket, report.Prefix);
        return !RoleName().IsMatch(RoleArn) ? $"'{RoleArn}' is not the ARN of a role, such as arn:aws:iam::123456789012:role/batch-copy."
            : TargetPrefix(source, destination) is null
                ? $"S3 Batch Operations puts a folder in front of whole keys and cuts nothing off them: from {source} it can copy to a place whose prefix is, or ends with, that of the source behind a slash, and not to {destination}."
            : source.Holds(place) || destination.Holds(place) ? $"The job's manifest and report would lie in {report}, which is part of what is copied. Name another place for them, in another bucket or beside the prefixes."
            : null;
    }

    internal S3Place ReportFor(BucketPlace destination) => Report ?? new(destination.BucketName, UsualPrefix);

    /// <summary>What S3 puts in front of each key, without the slash that it adds; empty for nothing, null where the keys of the destination do not come about so.</summary>
    internal static string? TargetPrefix(BucketPlace source, BucketPlace destination)
    {
        if (!destination.Prefix.EndsWith(source.Prefix, StringComparison.Ordinal)) return null;
        var front = destination.Prefix[..^source.Prefix.Length];
        return front.Length == 0 ? front : front.Length > 1 && front.EndsWith('/') ? front[..^1] : null;
    }

    [GeneratedRegex("^arn:[^:]+:iam::[0-9]{12}:role/.+$", RegexOptions.CultureInvariant)]
    private static partial Regex RoleName();
}
