using System.Text;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Sandbox;

/// <summary>Asks services of a sandbox that answer in XML, by a client that shares no code with the engine.</summary>
internal static class SandboxXml
{
    /// <summary>Sends a request that has to succeed.</summary>
    public static async Task<XElement?> SendAsync(SandboxHost host, string service, string method, string target, string? body = null, params (string Name, string Value)[] headers)
    {
        using var client = new SandboxClient(host) { Service = service };
        var answer = await client.SendAsync(method, target, body is null ? null : Encoding.UTF8.GetBytes(body), headers);
        Assert.True(answer.Status < 300, $"{method} {target}: {Encoding.UTF8.GetString(answer.Body)}");
        return answer.Body.Length == 0 || answer.Body[0] != '<' ? null : XElement.Parse(Encoding.UTF8.GetString(answer.Body));
    }
}
