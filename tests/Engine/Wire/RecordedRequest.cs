using System.Text;

namespace JadaSnapshot.Engine.Tests.Wire;

/// <summary>A request as it came over the wire: the target is not decoded, folded or tidied in any way.</summary>
internal sealed record RecordedRequest(string Method, string RawTarget, IReadOnlyDictionary<string, string> Headers, byte[] Body, TimeSpan At)
{
    public string Url => $"http://{Headers["Host"]}{RawTarget}";

    public string Text => Encoding.UTF8.GetString(Body);

    public string Scope => Headers["Authorization"].Split("Credential=")[1].Split(',')[0];
}
