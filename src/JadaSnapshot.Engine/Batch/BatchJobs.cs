using System.Globalization;
using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Batch;

/// <summary>The account's jobs of S3 Batch Operations in a region (<see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_AWS_S3_Control.html"/>).</summary>
internal sealed class BatchJobs
{
    private const string Path = "/v20180820/jobs";

    private readonly WireClient _client;
    private readonly KeyValuePair<string, string>[] _account;

    public BatchJobs(AwsConnection connection, string account, string region)
    {
        _client = connection.Wire(new() { ServiceId = "S3 Control", SigningName = "s3", EndpointPrefix = "s3-control", Protocol = WireProtocol.RestXml, AccountId = account }, region);
        _account = [new("x-amz-account-id", account)];
    }

    /// <summary>Has S3 begin a job; what comes back is its id.</summary>
    /// <exception cref="ServiceException">The caller may not, or the job cannot be as it is asked for.</exception>
    public async Task<string> CreateAsync(CopyJob job, CancellationToken cancel) =>
        (await SendAsync(XmlRequest.Of("CreateJob", "POST", Path, job.ToXml()), cancel)).Xml().Text("JobId") ?? throw new InvalidDataException("S3 Control began a job and does not say which.");

    /// <summary>How a job stands.</summary>
    /// <exception cref="ServiceException">There is no such job, or the caller may not ask.</exception>
    public async Task<BatchJob> DescribeAsync(string id, CancellationToken cancel) =>
        BatchJob.Read((await SendAsync(WireRequest.Get("DescribeJob", WirePath.Of(Path + "/{}", id)), cancel)).Xml().All("Job").FirstOrDefault() ?? throw new InvalidDataException("S3 Control describes no job."));

    /// <summary>All jobs in any of these states.</summary>
    public async IAsyncEnumerable<BatchJob> ListAsync(IReadOnlyList<string> states, [EnumeratorCancellation] CancellationToken cancel)
    {
        KeyValuePair<string, string>[] wanted = [.. states.Select(state => KeyValuePair.Create("jobStatuses", state)), new("maxResults", "1000")];
        await foreach (var page in _client.PagesAsync<string>(next => Of(WireRequest.Get("ListJobs", Path, next is null ? wanted : [.. wanted, new("nextToken", next)])), page => page.Xml().Text("NextToken"), cancel))
            foreach (var job in page.Xml().All("Jobs", "member")) yield return BatchJob.Read(job);
    }

    /// <summary>Cancels a job. What it has copied stays.</summary>
    public Task CancelAsync(string id, string reason, CancellationToken cancel) => PostAsync("UpdateJobStatus", id, "status", cancel, new("requestedJobStatus", "Cancelled"), new("statusUpdateReason", reason));

    /// <summary>Gives a job another priority.</summary>
    public Task SetPriorityAsync(string id, int priority, CancellationToken cancel) => PostAsync("UpdateJobPriority", id, "priority", cancel, new KeyValuePair<string, string>("priority", priority.ToString(CultureInfo.InvariantCulture)));

    private Task<WireResponse> PostAsync(string operation, string id, string what, CancellationToken cancel, params KeyValuePair<string, string>[] parameters) =>
        SendAsync(new() { Operation = operation, Path = WirePath.Of($"{Path}/{{}}/{what}", id), Parameters = parameters }, cancel);

    private Task<WireResponse> SendAsync(WireRequest request, CancellationToken cancel) => _client.SendAsync(Of(request), cancel);

    private WireRequest Of(WireRequest request) => request with { Headers = _account };
}
