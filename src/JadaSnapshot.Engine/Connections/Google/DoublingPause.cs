using Google.Apis.Util;

namespace JadaSnapshot.Engine.Connections.Google;

/// <summary>Pauses between tries: each twice the one before, with some chance, up to half a minute.</summary>
internal sealed class DoublingPause(TimeSpan first, int retries) : IBackOff
{
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(32);

    public int MaxNumOfRetries => retries;

    public TimeSpan GetNextBackOff(int currentRetry)
    {
        var pause = first * Math.Pow(2, currentRetry - 1) * (0.75 + Random.Shared.NextDouble() / 2);
        return pause < Longest ? pause : Longest;
    }
}
