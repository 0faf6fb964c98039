using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

/// <summary>Which fields of requests go to which stream, as they come.</summary>
internal sealed record RealtimeLogConfig(string Arn, string Name, XElement SamplingRate, XElement EndPoints, XElement Fields)
{
    public XElement Render(string element = "RealtimeLogConfig") => new(element,
        new XElement("ARN", Arn), new XElement("Name", Name), new XElement(SamplingRate), new XElement(EndPoints), new XElement(Fields));

    /// <exception cref="SandboxException">A member is missing.</exception>
    public static RealtimeLogConfig Read(XElement asked, string arn, string name)
    {
        var rate = asked.NeedElement("SamplingRate", "InvalidArgument");
        if (asked.Number("SamplingRate", "InvalidArgument") is < 1 or > 100) throw CloudFrontAnswer.Invalid("The sampling rate must be between 1 and 100.");
        return new(arn, name, rate, asked.NeedElement("EndPoints", "InvalidArgument"), asked.NeedElement("Fields", "InvalidArgument"));
    }
}
