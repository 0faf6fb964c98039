using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Batch;

/// <summary>An object that a job could not copy, as its report has it.</summary>
/// <param name="Key">What is left of its key below the source's prefix.</param>
/// <param name="Code">The service's error code.</param>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="Message">What the service said.</param>
internal sealed record FailedTask(string Key, string Code, int StatusCode, string Message)
{
    /// <summary>What it is that failed, in the service's own term.</summary>
    public const string Operation = "S3PutObjectCopy";

    public ServiceException ToException(string jobId) => new($"Job {jobId} could not copy it ({Code}): {(Message.Length > 0 ? Message.TrimEnd('.') : "S3 does not say why")}.")
    {
        Kind = ErrorCodes.Kind(Code, StatusCode),
        Code = Code,
        StatusCode = StatusCode,
        Service = "s3",
        Operation = Operation,
    };
}
