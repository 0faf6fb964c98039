using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

/// <summary>Real-time log configurations, which are asked for by name or ARN in a body.</summary>
internal sealed class RealtimeLogOperations(CloudFrontState state)
{
    private const string Configs = "/2020-05-31/realtime-log-config";

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateRealtimeLogConfig", $"POST {Configs}", Create);
        operations.Add("GetRealtimeLogConfig", "POST /2020-05-31/get-realtime-log-config", call => Answer("GetRealtimeLogConfigResult", Find(call)));
        operations.Add("UpdateRealtimeLogConfig", $"PUT {Configs}", Update);
        operations.Add("DeleteRealtimeLogConfig", "POST /2020-05-31/delete-realtime-log-config", Delete);
        operations.Add("ListRealtimeLogConfigs", $"GET {Configs}", List);
    }

    private RealtimeLogConfig Find(Call call)
    {
        var (name, arn) = (call.Xml.Text("Name"), call.Xml.Text("ARN"));
        if (name is null && arn is null) throw CloudFrontAnswer.Invalid("A name or an ARN must be given.");
        return state.RealtimeLogConfigs.Values.FirstOrDefault(config => arn is null ? config.Name == name : config.Arn == arn)
            ?? throw new SandboxException(404, "NoSuchRealtimeLogConfig", "The real-time log configuration does not exist.");
    }

    private SandboxResponse Create(Call call)
    {
        var asked = call.Xml.Named("CreateRealtimeLogConfigRequest");
        var name = asked.Need("Name", "InvalidArgument");
        if (state.RealtimeLogConfigs.ContainsKey(name)) throw new SandboxException(409, "RealtimeLogConfigAlreadyExists", "A real-time log configuration with this name already exists.");
        var config = RealtimeLogConfig.Read(asked, $"arn:aws:cloudfront::{state.World.Account}:realtime-log-config/{name}", name);
        state.RealtimeLogConfigs.Add(name, config);
        return Answer("CreateRealtimeLogConfigResult", config, 201);
    }

    private SandboxResponse Update(Call call)
    {
        var known = Find(call);
        var config = RealtimeLogConfig.Read(call.Xml.Named("UpdateRealtimeLogConfigRequest"), known.Arn, known.Name);
        state.RealtimeLogConfigs[known.Name] = config;
        return Answer("UpdateRealtimeLogConfigResult", config);
    }

    private SandboxResponse Delete(Call call)
    {
        var config = Find(call);
        if (state.IsReferenced(config.Arn)) throw new SandboxException(409, "RealtimeLogConfigInUse", "The real-time log configuration is attached to a cache behavior.");
        state.RealtimeLogConfigs.Remove(config.Name);
        return CloudFrontAnswer.NoContent();
    }

    private SandboxResponse List(Call call)
    {
        var size = call.PageSize("MaxItems", 100);
        var marker = call.Query("Marker") ?? "";
        var page = state.RealtimeLogConfigs.Values.After(marker, size, config => config.Name);
        return CloudFrontAnswer.Of(new XElement("RealtimeLogConfigs",
            new XElement("MaxItems", size),
            page.Items.Count == 0 ? null : new XElement("Items", page.Items.Select(config => config.Render("member"))),
            new XElement("IsTruncated", page.Marker is not null),
            new XElement("Marker", marker),
            page.Marker is null ? null : new XElement("NextMarker", page.Marker)));
    }

    private static SandboxResponse Answer(string root, RealtimeLogConfig config, int status = 200) =>
        XmlAnswer.Of(new XElement(root, config.Render()), CloudFrontAnswer.Namespace, status);
}
