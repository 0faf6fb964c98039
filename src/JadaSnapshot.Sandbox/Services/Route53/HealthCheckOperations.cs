using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Route53;

internal sealed class HealthCheckOperations(Route53State state)
{
    private const string HealthChecks = "/2013-04-01/healthcheck";
    private const int MostItems = 100;

    private static readonly string[] Fixed = ["Type", "RequestInterval", "MeasureLatency", "RoutingControlArn"];

    private static readonly string[] Types =
        ["HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP", "CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"];

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateHealthCheck", $"POST {HealthChecks}", Create);
        operations.Add("GetHealthCheck", $"GET {HealthChecks}/{{HealthCheckId}}", call => Route53Answer.Of(call, Find(call).Render()));
        operations.Add("UpdateHealthCheck", $"POST {HealthChecks}/{{HealthCheckId}}", Update);
        operations.Add("ListHealthChecks", $"GET {HealthChecks}", List);
        operations.Add("DeleteHealthCheck", $"DELETE {HealthChecks}/{{HealthCheckId}}", Delete);
        operations.Add("GetHealthCheckCount", "GET /2013-04-01/healthcheckcount", call => Route53Answer.Of(call, new XElement("HealthCheckCount", state.HealthChecks.Count)));
    }

    private HealthCheck Find(Call call) => state.HealthChecks.GetValueOrDefault(call.Label("HealthCheckId")) ?? throw Route53Errors.NoSuchHealthCheck(call.Label("HealthCheckId"));

    private SandboxResponse Create(Call call)
    {
        var asked = call.Xml.Named("CreateHealthCheckRequest");
        var reference = asked.Need("CallerReference", Route53Errors.InvalidInputCode);
        var config = asked.NeedElement("HealthCheckConfig", Route53Errors.InvalidInputCode);
        var type = config.Need("Type", Route53Errors.InvalidInputCode);
        if (!Types.Contains(type)) throw Route53Errors.InvalidInput(Constraint.NotInSet(type, "healthCheckConfig.type", Types));
        if (type is not ("CALCULATED" or "CLOUDWATCH_METRIC" or "RECOVERY_CONTROL") && config.Text("IPAddress") is null && config.Text("FullyQualifiedDomainName") is null)
            throw Route53Errors.InvalidInput("Invalid parameter : Must specify either an IP address or a domain name.");
        if (state.HealthChecks.Values.Any(known => known.CallerReference == reference))
            throw new SandboxException(409, "HealthCheckAlreadyExists", "A health check with the same caller reference has already been created.");
        var check = new HealthCheck(state.World.NewGuid(), reference, KeptXml.From(call, config));
        state.HealthChecks.Add(check.Id, check);
        return Route53Answer.Created(call, $"https://route53.amazonaws.com/2013-04-01/healthcheck/{check.Id}", check.Render());
    }

    /// <summary>What is not named stays. What a check is of, and how often it is made, never changes.</summary>
    private SandboxResponse Update(Call call)
    {
        var check = Find(call);
        var asked = call.Xml.Named("UpdateHealthCheckRequest");
        if (asked.Number("HealthCheckVersion", Route53Errors.InvalidInputCode) is { } version && version != check.Version)
            throw new SandboxException(409, "HealthCheckVersionMismatch", $"The value of HealthCheckVersion in the request doesn't match the value of HealthCheckVersion in the health check: {check.Version}");
        if (asked.Elements().FirstOrDefault(element => Fixed.Contains(element.Name.LocalName)) is { } strange) throw Route53Errors.InvalidInput($"{strange.Name} cannot be changed.");
        var config = new XElement(check.Config.Tree);
        foreach (var name in asked.Element("ResetElements")?.Elements() ?? []) config.Element(name.Value)?.Remove();
        foreach (var element in asked.Elements().Where(element => element.Name.LocalName is not ("HealthCheckVersion" or "ResetElements")))
        {
            config.Element(element.Name)?.Remove();
            config.Add(new XElement(element));
        }
        check.Config = KeptXml.From(config);
        check.Version++;
        return Route53Answer.Of(call, check.Render());
    }

    private SandboxResponse List(Call call)
    {
        var size = Route53Answer.PageSize(call, MostItems);
        var marker = call.Query("marker");
        var page = state.HealthChecks.Values.From(marker, size, check => check.Id);
        return Route53Answer.Of(call,
            new XElement("HealthChecks", page.Items.Select(check => check.Render())),
            string.IsNullOrEmpty(marker) ? null : new XElement("Marker", marker),
            new XElement("IsTruncated", page.Marker is not null),
            page.Marker is null ? null : new XElement("NextMarker", page.Marker),
            new XElement("MaxItems", size));
    }

    private SandboxResponse Delete(Call call)
    {
        state.HealthChecks.Remove(Find(call).Id);
        return Route53Answer.Of(call);
    }
}
