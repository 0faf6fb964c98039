using System.Xml.Linq;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>Brings configurations of real-time logs back. Their streams belong to Kinesis and have to be there.</summary>
internal sealed class RealtimeLogRestorer : Restorer
{
    private const string Document = "realtime-log-config.xml";

    public override string Layer => CloudFrontLayer.LayerName;

    public override IReadOnlyList<string> Kinds => ["realtime-log-config"];

    public override RestorePhase Phase => RestorePhase.EdgeParts;

    public override IReadOnlyList<RestorePart> Parts => [new(Document, (work, cancel) => PutAsync(work, "UpdateRealtimeLogConfig", "PUT", cancel)) { IsInCreate = true }];

    public override bool IsPrerequisite(string kind) => true;

    public override bool CanDelete(string kind) => true;

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        WireResponse made;
        try
        {
            made = await PutAsync(work, "CreateRealtimeLogConfig", "POST", cancel, "ARN");
        }
        catch (ServiceException exception) when (exception.Code == "RealtimeLogConfigAlreadyExists")
        {
            made = await PutAsync(work, "UpdateRealtimeLogConfig", "PUT", cancel);
        }
        work.Created(work.Name, made.Xml().ShallowText("ARN"));
    }

    public override Task DeleteAsync(RestoreWork work, CancellationToken cancel)
    {
        var space = CloudFrontKinds.Namespace;
        return work.Wire(CloudFrontLayer.Service).SendAsync(
            XmlRequest.Of("DeleteRealtimeLogConfig", "POST", CloudFrontKinds.Root + "delete-realtime-log-config", new(space + "DeleteRealtimeLogConfigRequest", new XElement(space + "Name", work.RequiredId))), cancel);
    }

    private static Task<WireResponse> PutAsync(RestoreWork work, string operation, string method, CancellationToken cancel, params string[] without) =>
        // The role may be as new as the configuration.
        work.SendAsync(
            work.Wire(CloudFrontLayer.Service), XmlRequest.Of(operation, method, CloudFrontKinds.Root + "realtime-log-config", work.Documents.Xml(Document)!.In(CloudFrontKinds.Namespace, operation + "Request", without)),
            exception => exception.Code == "AccessDenied" && work.IsNew && exception.Message.Contains("role", StringComparison.OrdinalIgnoreCase), cancel);
}
