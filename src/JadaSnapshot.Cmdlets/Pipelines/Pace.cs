using System.Diagnostics;
using JadaSnapshot.Formatting;

namespace JadaSnapshot.Pipelines;

/// <summary>How fast something goes, and how long it will take at that. Only one thread may ask.</summary>
internal sealed class Pace
{
    // Long enough to be steady, and short enough to follow the line as it changes.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Beginning = TimeSpan.FromSeconds(2);

    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly Queue<(TimeSpan At, long Bytes)> _seen = new([(TimeSpan.Zero, 0)]);

    /// <summary>What was moved, and how fast in the last seconds: <c>1.2 MB of 3.4 MB, 350.0 kB/s</c>.</summary>
    /// <param name="bytes">What was moved since the beginning, in bytes.</param>
    /// <param name="total">What there is to move, where that is known.</param>
    public string Describe(long bytes, long? total = null)
    {
        var now = Stopwatch.GetElapsedTime(_begun);
        _seen.Enqueue((now, bytes));
        while (_seen.Count > 2 && now - _seen.Peek().At > Window) _seen.Dequeue();
        var (at, before) = _seen.Peek();
        var moved = Display.Bytes(bytes) + (total is { } all ? $" of {Display.Bytes(all)}" : "");
        return bytes == 0 ? moved : $"{moved}, {Display.Bytes((long)((bytes - before) / Math.Max(0.001, (now - at).TotalSeconds)))}/s";
    }

    /// <summary>How many seconds are left, as <see cref="System.Management.Automation.ProgressRecord.SecondsRemaining"/> takes them; -1 while that is guesswork.</summary>
    /// <param name="done">What share is done, of 1.</param>
    public int SecondsLeft(double done)
    {
        var elapsed = Stopwatch.GetElapsedTime(_begun);
        return elapsed < Beginning || done is < 0.02 or > 1 ? -1 : (int)Math.Min(int.MaxValue, Math.Ceiling(elapsed.TotalSeconds * (1 - done) / done));
    }
}
