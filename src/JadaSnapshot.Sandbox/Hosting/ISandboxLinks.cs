namespace JadaSnapshot.Sandbox.Hosting;

/// <summary>Download links that a service hands out: they carry their own permission and are fetched without a signature.</summary>
public interface ISandboxLinks
{
    /// <summary>The paths that this service answers for: <c>/_links/lambda/</c>.</summary>
    string PathPrefix { get; }

    /// <summary>Answers a request for a link.</summary>
    ValueTask<SandboxResponse> FetchAsync(SandboxRequest request, CancellationToken cancel);
}
