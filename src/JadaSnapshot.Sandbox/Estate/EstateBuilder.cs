using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Estate;

/// <summary>Builds the sandbox's estate.</summary>
public static class EstateBuilder
{
    /// <summary>Fills a world with the estate that follows from a seed.</summary>
    public static Task BuildAsync(SandboxWorld world, int seed, CancellationToken cancel) => Task.CompletedTask;
}
