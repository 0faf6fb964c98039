using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Protocols;

/// <summary>Operations named by the parameter Action of a form, answered in XML.</summary>
internal abstract class QueryService : ProtocolService
{
    protected abstract string Version { get; }

    protected abstract string Namespace { get; }

    public sealed override string Identify(SandboxRequest request)
    {
        var action = Form.Parse(request).Text("Action") ?? throw new SandboxException(400, "MissingAction", "The request is missing an action.");
        return Operations.Knows(action) ? action : throw new SandboxException(400, "InvalidAction", $"Could not find operation {action} for version {Version}");
    }

    public sealed override SandboxResponse Render(SandboxRequest request, SandboxException error) => XmlAnswer.Error(request, error, Namespace);

    /// <summary>An answer; without content there is no result element.</summary>
    public static SandboxResponse Respond(Call call, string ns, IReadOnlyList<object?>? content)
    {
        var operation = call.Request.Operation;
        return XmlAnswer.Of(new XElement(operation + "Response",
            content is null ? null : new XElement(operation + "Result", content),
            new XElement("ResponseMetadata", new XElement("RequestId", call.Request.RequestId))), ns);
    }
}
