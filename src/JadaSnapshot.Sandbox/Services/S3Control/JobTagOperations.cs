using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.S3Control;

/// <summary>Tags of jobs.</summary>
internal sealed class JobTagOperations(JobState state)
{
    private const int MostTags = 50;

    public void AddTo(OperationTable operations)
    {
        operations.Add("GetJobTagging", "GET /v20180820/jobs/{id}/tagging", call => S3ControlService.Respond("GetJobTaggingResult",
            new XElement("Tags", state.Job(call).Tags.Select(tag => new XElement("member", new XElement("Key", tag.Key), new XElement("Value", tag.Value))))));
        operations.Add("PutJobTagging", "PUT /v20180820/jobs/{id}/tagging", call => Set(call, Read(call.Xml.Named("PutJobTaggingRequest").NeedElement("Tags", JobRules.BadRequest)), "PutJobTaggingResult"));
        operations.Add("DeleteJobTagging", "DELETE /v20180820/jobs/{id}/tagging", call => Set(call, [], "DeleteJobTaggingResult"));
    }

    /// <exception cref="SandboxException">They are too many, or one is there twice.</exception>
    public static List<KeyValuePair<string, string>> Read(XElement? tags)
    {
        List<KeyValuePair<string, string>> read = [.. (tags?.Elements() ?? []).Select(tag => KeyValuePair.Create(tag.Need("Key", JobRules.BadRequest), tag.Need("Value", JobRules.BadRequest)))];
        if (read.Count > MostTags) throw new SandboxException(400, "TooManyTagsException", $"A job has at most {MostTags} tags.");
        return read.DistinctBy(tag => tag.Key).Count() == read.Count ? read : throw new SandboxException(400, JobRules.BadRequest, "Cannot provide multiple Tags with the same key");
    }

    private SandboxResponse Set(Call call, List<KeyValuePair<string, string>> tags, string result)
    {
        state.Job(call).Tags = tags;
        return S3ControlService.Respond(result);
    }
}
