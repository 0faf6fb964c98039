namespace JadaSnapshot.Sandbox.Hosting;

/// <summary>
/// A service that hands out links which are fetched without a signature, as Lambda does for code. A service's class implements it
/// beside <see cref="ISandboxService"/>, and makes links of <see cref="SandboxRequest.Endpoint"/>, <see cref="PathPrefix"/> and a query
/// of its own that carries their expiry and a token; it refuses what is expired or forged.
/// </summary>
public interface ISandboxLinks
{
    /// <summary>What the path of every link starts with: <c>/_links/lambda/</c>.</summary>
    string PathPrefix { get; }

    /// <summary>Answers a GET or HEAD of a link.</summary>
    /// <exception cref="SandboxException">The link is expired, forged or leads nowhere.</exception>
    ValueTask<SandboxResponse> FetchAsync(SandboxRequest request, CancellationToken cancel);
}
