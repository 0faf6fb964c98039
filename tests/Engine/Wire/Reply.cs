using System.Text;

namespace JadaSnapshot.Engine.Tests.Wire;

/// <summary>What the loopback service answers.</summary>
internal sealed record Reply(int Status, byte[] Body)
{
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>Announces more bytes than it sends, and then drops the connection.</summary>
    public bool BreaksOff { get; init; }

    /// <summary>Sends the body and then nothing more, without ending the answer.</summary>
    public bool Stalls { get; init; }

    /// <summary>Never answers.</summary>
    public bool Hangs { get; init; }

    public static Reply Ok(string body = "{}") => new(200, Encoding.UTF8.GetBytes(body));

    public static Reply Fault(int status, string body, params (string Name, string Value)[] headers) =>
        new(status, Encoding.UTF8.GetBytes(body)) { Headers = headers.ToDictionary(h => h.Name, h => h.Value) };
}
