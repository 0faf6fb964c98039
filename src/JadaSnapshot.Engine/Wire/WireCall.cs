using Amazon.Runtime;

namespace JadaSnapshot.Engine.Wire;

/// <summary>A request on its way through the SDK's pipeline, and what its attempts have taken.</summary>
internal sealed class WireCall(WireRequest request) : AmazonWebServiceRequest
{
    public WireRequest Request { get; } = request;

    public int Attempts { get; private set; }

    public TimeSpan OnTheWire { get; private set; }

    public void AddAttempt(TimeSpan duration)
    {
        Attempts++;
        OnTheWire += duration;
    }
}

/// <summary>An answer on its way back.</summary>
internal sealed class WireAnswer : AmazonWebServiceResponse
{
    public WireResponse? Response { get; init; }
}
