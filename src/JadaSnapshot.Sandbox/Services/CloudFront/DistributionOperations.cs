using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

internal sealed class DistributionOperations(CloudFrontState state)
{
    private const string Distributions = "/2020-05-31/distribution";

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateDistribution", $"POST {Distributions}", call => Create(call, call.Xml.Named("DistributionConfig"), null));
        operations.Add("CreateDistributionWithTags", $"POST {Distributions}?WithTags", CreateWithTags);
        operations.Add("GetDistribution", $"GET {Distributions}/{{Id}}", call => Answer(state.Distribution(call.Label("Id"))));
        operations.Add("GetDistributionConfig", $"GET {Distributions}/{{Id}}/config", GetConfig);
        operations.Add("UpdateDistribution", $"PUT {Distributions}/{{Id}}/config", Update);
        operations.Add("DeleteDistribution", $"DELETE {Distributions}/{{Id}}", Delete);
        operations.Add("ListDistributions", $"GET {Distributions}", call =>
            CloudFrontAnswer.Listing(call, "DistributionList", older: true, state.Distributions.Values, distribution => distribution.Id, distribution => DistributionElements.Summary(state, distribution)));
    }

    private SandboxResponse CreateWithTags(Call call)
    {
        var root = call.Xml.Named("DistributionConfigWithTags");
        return Create(call, root.NeedElement("DistributionConfig", "InvalidArgument"), DistributionTagOperations.Read(root.NeedElement("Tags", "InvalidArgument")));
    }

    private SandboxResponse Create(Call call, XElement config, IReadOnlyDictionary<string, string>? tags)
    {
        DistributionRules.Check(state, config, null);
        var reference = config.Text("CallerReference");
        if (state.Distributions.Values.FirstOrDefault(known => known.Config.Tree.Text("CallerReference") == reference) is { } same)
            throw new SandboxException(409, "DistributionAlreadyExists", $"The caller reference that you are using to create a distribution is associated with another distribution. Already exists: {same.Id}");
        var id = state.NewId();
        var distribution = new Distribution
        {
            Id = id,
            Arn = $"arn:aws:cloudfront::{state.World.Account}:distribution/{id}",
            DomainName = $"d{state.World.NewId(13, "abcdefghijklmnopqrstuvwxyz0123456789")}.cloudfront.net",
            Config = KeptXml.From(call, config),
        };
        state.Deploy(distribution);
        foreach (var (key, value) in tags ?? new Dictionary<string, string>()) distribution.Tags[key] = value;
        state.Distributions.Add(id, distribution);
        return CloudFrontAnswer.Created(call, Whole(distribution), distribution.ETag, id);
    }

    private SandboxResponse GetConfig(Call call)
    {
        var distribution = state.Distribution(call.Label("Id"));
        return CloudFrontAnswer.Of(distribution.Config.Element(), distribution.ETag);
    }

    private SandboxResponse Update(Call call)
    {
        var distribution = state.Distribution(call.Label("Id"));
        CloudFrontAnswer.CheckVersion(call, distribution.ETag);
        var config = call.Xml.Named("DistributionConfig");
        DistributionRules.Check(state, config, distribution);
        if (config.Text("CallerReference") != distribution.Config.Tree.Text("CallerReference"))
            throw new SandboxException(400, "IllegalUpdate", "The update contains modifications that are not allowed: the caller reference cannot change.");
        distribution.Config = KeptXml.From(call, config);
        state.Deploy(distribution);
        return Answer(distribution);
    }

    private SandboxResponse Delete(Call call)
    {
        var distribution = state.Distribution(call.Label("Id"));
        CloudFrontAnswer.CheckVersion(call, distribution.ETag);
        if (distribution.Enabled || !state.IsDeployed(distribution)) throw new SandboxException(409, "DistributionNotDisabled", "The distribution you are trying to delete has not been disabled.");
        state.Distributions.Remove(distribution.Id);
        return CloudFrontAnswer.NoContent();
    }

    private SandboxResponse Answer(Distribution distribution) => CloudFrontAnswer.Of(Whole(distribution), distribution.ETag);

    private XElement Whole(Distribution distribution) =>
        DistributionElements.Whole(state, distribution, distribution.Invalidations.Count(invalidation => InvalidationOperations.IsInProgress(state, invalidation)));
}
