using System.Xml.Linq;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.S3Control;

/// <summary>A job of S3 Batch Operations. Whoever looks at it or moves it on holds its <see cref="Turn"/>.</summary>
internal sealed class BatchJob
{
    private readonly List<TaskResult> _results = [];

    public required string Id { get; init; }
    public required int Number { get; init; }
    public required string Region { get; init; }
    public required string RoleArn { get; init; }
    public required string Token { get; init; }
    public required XElement Request { get; init; }
    public required KeptXml Operation { get; init; }
    public required KeptXml Report { get; init; }
    public required DateTimeOffset Created { get; init; }
    public KeptXml? Manifest { get; init; }
    public KeptXml? Generator { get; init; }
    public string? Description { get; init; }
    public bool IsToBeConfirmed { get; init; }

    public SemaphoreSlim Turn { get; } = new(1);
    public long Priority { get; set; }
    public string Status { get; set; } = "New";

    /// <summary>When it came to its status.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>How long it stays in each status that it leaves by itself.</summary>
    public TimeSpan Step { get; set; }

    public string? StatusReason { get; set; }
    public (string Code, string Reason)? Failure { get; set; }
    public DateTimeOffset? Suspended { get; set; }
    public DateTimeOffset? Terminated { get; set; }
    public DateTimeOffset? Activated { get; set; }
    public TimeSpan Active { get; set; }
    public (string Arn, string ETag)? GeneratedManifest { get; set; }
    public IReadOnlyList<BatchTask>? Tasks { get; set; }
    public IReadOnlyList<TaskResult> Results => _results;
    public int Failed { get; private set; }
    public List<KeyValuePair<string, string>> Tags { get; set; } = [];

    public string OperationName => Operation.Tree.Elements().Single().Name.LocalName;

    public void Add(TaskResult result)
    {
        _results.Add(result);
        if (!result.IsSuccess) Failed++;
    }
}

/// <summary>An object that a job does something with.</summary>
internal sealed record BatchTask(string Bucket, string Key, string? VersionId);

/// <summary>What became of a task.</summary>
internal sealed record TaskResult(BatchTask Task, int Status, string? Code, string Message)
{
    public bool IsSuccess => Code is null;
}
