namespace JadaSnapshot.Engine.Transfer;

/// <summary>Counts the attempts at one call, and says how long to wait before the next. A download that gets on may be cut any number of times.</summary>
internal sealed class S3Attempts(Func<long>? progress, TimeSpan firstPause)
{
    private const int MostInVain = 8;

    // Throttling says "later", not "no", and every pause is longer than the one before.
    private const int MostThrottled = 16;
    private const int LongestPauseInFirstPauses = 200;
    private const int GettingOn = 256 << 10;
    private static readonly TimeSpan LongestWish = TimeSpan.FromSeconds(20);

    private long _reached;

    /// <summary>How many attempts there were, with the one that is under way.</summary>
    public int Made { get; set; } = 1;

    /// <summary>How many failed since the download last got on.</summary>
    public int InVain { get; private set; }

    /// <summary>Takes note of a failed attempt; whether there may be another.</summary>
    public bool MayGoOn(bool isThrottled = false)
    {
        InVain++;
        // What has to be fetched a second time is no progress.
        if (progress is not null && progress() is var arrived && arrived >= _reached + GettingOn) (_reached, InVain) = (arrived, 1);
        return InVain < (isThrottled ? MostThrottled : MostInVain);
    }

    /// <summary>How long to wait: full jitter, so that a throttled crowd spreads out instead of coming back together, and no less than the service asked for.</summary>
    public TimeSpan Pause(TimeSpan? asked)
    {
        var pause = firstPause * (Random.Shared.NextDouble() * Math.Min(1 << InVain, LongestPauseInFirstPauses));
        return asked is not { } wish || wish < pause ? pause : wish < LongestWish ? wish : LongestWish;
    }
}
