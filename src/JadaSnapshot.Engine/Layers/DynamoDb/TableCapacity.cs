using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>Waits for a table whose capacity is spent longer than for a service that throttles.</summary>
internal static class TableCapacity
{
    private const int MostAttempts = 10;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);

    /// <summary>Sends a request that draws on a table's capacity.</summary>
    /// <exception cref="ServiceException">It was refused, or there never was any capacity.</exception>
    public static async Task<WireResponse> SendPatientlyAsync(this WireClient dynamo, WireRequest request, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await dynamo.SendAsync(request, cancel);
            }
            catch (ServiceException exception) when (exception.Kind == FailureKind.Throttled && attempt < MostAttempts)
            {
                await PauseAsync(attempt, cancel);
            }
        }
    }

    /// <summary>Whether to try again after so many attempts that brought nothing.</summary>
    public static bool MayHope(int attempts) => attempts < MostAttempts;

    /// <summary>Waits before the next attempt, longer each time.</summary>
    public static Task PauseAsync(int attempts, CancellationToken cancel)
    {
        var pause = Math.Min(LongestPause.TotalMilliseconds, 500 << attempts);
        return Task.Delay(TimeSpan.FromMilliseconds(pause * (0.5 + Random.Shared.NextDouble() / 2)), cancel);
    }
}
