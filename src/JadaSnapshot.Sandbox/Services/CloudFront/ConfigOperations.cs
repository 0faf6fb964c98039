using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

/// <summary>Create, get, update, delete and list, for one kind of resource.</summary>
internal sealed class ConfigOperations(CloudFrontState state, ConfigKind kind)
{
    public void AddTo(OperationTable operations)
    {
        var path = $"/2020-05-31/{kind.Path}";
        operations.Add($"Create{kind.ChangedNoun}", $"POST {path}", Create);
        operations.Add($"Get{kind.Noun}", $"GET {path}/{{Id}}", Get);
        operations.Add($"Get{kind.Noun}Config", $"GET {path}/{{Id}}/config", GetConfig);
        operations.Add($"Update{kind.ChangedNoun}", $"PUT {path}/{{Id}}{(kind.UpdatesConfig ? "/config" : "")}", Update);
        operations.Add($"Delete{kind.ChangedNoun}", $"DELETE {path}/{{Id}}", Delete);
        operations.Add($"List{kind.Plural}", $"GET {path}", List);
    }

    private ConfigResource Find(Call call) => state.Of(kind).GetValueOrDefault(call.Label("Id")) ?? throw kind.Missing();

    private SandboxResponse Create(Call call)
    {
        if (kind.IsIdempotent && state.Of(kind).Values.FirstOrDefault(known => XNode.DeepEquals(known.Config.Tree, call.Xml.Named(kind.ConfigElement))) is { } same)
            return CloudFrontAnswer.Created(call, same.Whole(), same.ETag, same.Id);
        var config = Read(call, null);
        var resource = new ConfigResource
        {
            Kind = kind,
            Id = kind.GuidIds ? state.World.NewGuid() : state.NewId(),
            Config = KeptXml.From(call, config),
            ETag = state.NewId(),
            Modified = state.World.Now,
        };
        state.Of(kind).Add(resource.Id, resource);
        return CloudFrontAnswer.Created(call, resource.Whole(), resource.ETag, resource.Id);
    }

    private SandboxResponse Get(Call call)
    {
        var resource = Find(call);
        return CloudFrontAnswer.Of(resource.Whole(), resource.ETag);
    }

    private SandboxResponse GetConfig(Call call)
    {
        var resource = Find(call);
        return CloudFrontAnswer.Of(resource.Config.Element(), resource.ETag);
    }

    private SandboxResponse Update(Call call)
    {
        var resource = Change(call);
        var config = Read(call, resource);
        if (config.Text("CallerReference") != resource.Config.Tree.Text("CallerReference"))
            throw new SandboxException(400, "IllegalUpdate", "The update contains modifications that are not allowed: the caller reference cannot change.");
        resource.Config = KeptXml.From(call, config);
        resource.ETag = state.NewId();
        resource.Modified = state.World.Now;
        state.Touch(resource.Id);
        return CloudFrontAnswer.Of(resource.Whole(), resource.ETag);
    }

    private SandboxResponse Delete(Call call)
    {
        var resource = Change(call);
        if (state.IsReferenced(resource.Id)) throw new SandboxException(409, kind.InUseCode, $"Cannot delete the {kind.Noun} because it is in use.");
        state.Of(kind).Remove(resource.Id);
        return CloudFrontAnswer.NoContent();
    }

    private SandboxResponse List(Call call)
    {
        var type = call.Query("Type");
        var resources = state.Of(kind).Values.Where(resource => type is null || resource.Managed == (type == "managed"));
        return CloudFrontAnswer.Listing(call, kind.ListElement, kind.OlderList, resources, resource => resource.Id,
            resource => new XElement(kind.Noun + "Summary", kind.Summary(resource)));
    }

    private ConfigResource Change(Call call)
    {
        var resource = Find(call);
        if (resource.Managed) throw new SandboxException(400, "IllegalUpdate", "AWS managed policies cannot be changed.");
        CloudFrontAnswer.CheckVersion(call, resource.ETag);
        return resource;
    }

    private XElement Read(Call call, ConfigResource? own)
    {
        var config = call.Xml.Named(kind.ConfigElement);
        foreach (var name in kind.Required) config.NeedElement(name, "InvalidArgument");
        DistributionRules.CheckQuantities(config);
        var unique = config.Need(kind.UniqueElement, "InvalidArgument");
        if (state.Of(kind).Values.Any(other => other != own && other.Config.Tree.Text(kind.UniqueElement) == unique))
            throw new SandboxException(409, $"{kind.ChangedNoun}AlreadyExists", $"A {kind.Noun} with the same {kind.UniqueElement} already exists.");
        ConfigReferences.Check(state, kind, config);
        return config;
    }
}
