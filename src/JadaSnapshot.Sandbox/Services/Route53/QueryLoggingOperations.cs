using System.Text.RegularExpressions;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Route53;

/// <summary>Which log group the queries of a public zone go to.</summary>
internal sealed partial class QueryLoggingOperations(Route53State state)
{
    private const string Configs = "/2013-04-01/queryloggingconfig";

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateQueryLoggingConfig", $"POST {Configs}", Create);
        operations.Add("GetQueryLoggingConfig", $"GET {Configs}/{{Id}}", call => Route53Answer.Of(call, Find(call).Render()));
        operations.Add("DeleteQueryLoggingConfig", $"DELETE {Configs}/{{Id}}", Delete);
        operations.Add("ListQueryLoggingConfigs", $"GET {Configs}", List);
    }

    private QueryLoggingConfig Find(Call call) =>
        state.QueryLogging.GetValueOrDefault(call.Label("Id")) ?? throw new SandboxException(404, "NoSuchQueryLoggingConfig", "There is no DNS query logging configuration with the specified ID.");

    private SandboxResponse Create(Call call)
    {
        var asked = call.Xml.Named("CreateQueryLoggingConfigRequest");
        var zone = state.Zone(asked.Need("HostedZoneId", Route53Errors.InvalidInputCode));
        var group = asked.Need("CloudWatchLogsLogGroupArn", Route53Errors.InvalidInputCode);
        if (zone.Private) throw Route53Errors.InvalidInput("Query logging is for public hosted zones.");
        if (!GroupPattern().IsMatch(group)) throw new SandboxException(404, "NoSuchCloudWatchLogsLogGroup", "There is no CloudWatch Logs log group with the specified ARN.");
        if (state.QueryLogging.Values.Any(known => known.ZoneId == zone.Id))
            throw new SandboxException(409, "QueryLoggingConfigAlreadyExists", "A query logging configuration already exists for this hosted zone.");
        var config = new QueryLoggingConfig(state.World.NewGuid(), zone.Id, group);
        state.QueryLogging.Add(config.Id, config);
        return Route53Answer.Created(call, $"https://route53.amazonaws.com{Configs}/{config.Id}", config.Render());
    }

    private SandboxResponse Delete(Call call)
    {
        state.QueryLogging.Remove(Find(call).Id);
        return Route53Answer.Of(call);
    }

    private SandboxResponse List(Call call)
    {
        var zone = call.Query("hostedzoneid") is { Length: > 0 } id ? state.Zone(id).Id : null;
        var size = call.PageSize("maxresults", 100, Route53Errors.InvalidInputCode);
        var page = state.QueryLogging.Values.Where(config => zone is null || config.ZoneId == zone)
            .From(Marker.Open(call.Query("nexttoken"), "InvalidPaginationToken"), size, config => config.Id);
        return Route53Answer.Of(call,
            new XElement("QueryLoggingConfigs", page.Items.Select(config => config.Render())),
            page.Marker is null ? null : new XElement("NextToken", Marker.Seal(page.Marker)));
    }

    [GeneratedRegex(@"^arn:aws[a-z-]*:logs:us-east-1:\d{12}:log-group:.+$")]
    private static partial Regex GroupPattern();
}

internal sealed record QueryLoggingConfig(string Id, string ZoneId, string LogGroupArn)
{
    public XElement Render() => new("QueryLoggingConfig",
        new XElement("Id", Id), new XElement("HostedZoneId", ZoneId), new XElement("CloudWatchLogsLogGroupArn", LogGroupArn));
}
