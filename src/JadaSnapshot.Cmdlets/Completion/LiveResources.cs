using System.Collections.Concurrent;
using System.Diagnostics;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;

namespace JadaSnapshot.Completion;

/// <summary>Names of live resources, kept for a while, so that a second Tab answers at once. A listing that takes longer than a Tab may goes on for the next one.</summary>
internal sealed class LiveResources
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);
    private static readonly ConcurrentDictionary<string, Lazy<LiveResources>> Recent = new(StringComparer.Ordinal);
    // What decides who calls and where when no parameter does.
    private static readonly string[] Variables = ["AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"];

    private readonly ConcurrentQueue<Resource> _found = new();
    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly Task _work;

    private LiveResources(ConnectionOptions options, IReadOnlyList<string> layers, IReadOnlyList<string>? kinds) => _work = Task.Run(() => RunAsync(options, layers, kinds));

    private bool IsOld => _work.IsFaulted || Stopwatch.GetElapsedTime(_begun) > KeptFor;

    /// <summary>The resources of some layers and kinds; those that are known by then where the time runs out.</summary>
    /// <param name="options">Who calls and where.</param>
    /// <param name="layers">The layers; all where none is named.</param>
    /// <param name="kinds">The only kinds that are wanted; null for all.</param>
    /// <param name="cancel">Says that the time has run out.</param>
    public static async Task<IReadOnlyCollection<Resource>> ListAsync(ConnectionOptions options, IReadOnlyList<string> layers, IReadOnlyList<string>? kinds, CancellationToken cancel)
    {
        foreach (var (key, listing) in Recent)
            if (listing is { IsValueCreated: true, Value.IsOld: true }) Recent.TryRemove(key, out _);
        var known = Recent.GetOrAdd(Key(options, layers, kinds), _ => new(() => new(options, layers, kinds))).Value;
        await Task.WhenAny(known._work, Task.Delay(Timeout.Infinite, cancel));
        return [.. known._found.Where(resource => kinds?.Contains(resource.Kind) != false)];
    }

    private async Task RunAsync(ConnectionOptions options, IReadOnlyList<string> layers, IReadOnlyList<string>? kinds)
    {
        using var limit = new CancellationTokenSource(KeptFor);
        using var connection = AwsConnection.Open(options);
        await foreach (var resource in new EstateInventory(connection, new() { Kinds = kinds }).ListAsync(layers, _ => { }, limit.Token)) _found.Enqueue(resource);
    }

    private static string Key(ConnectionOptions options, IReadOnlyList<string> layers, IReadOnlyList<string>? kinds) => string.Join('\n',
    [
        options.EndpointUrl, options.ProfileName, options.ProfileLocation, options.AccessKey, options.Region, string.Join(',', options.Regions), string.Join(',', layers), string.Join(',', kinds ?? []),
        .. Variables.Select(Environment.GetEnvironmentVariable),
    ]);
}
