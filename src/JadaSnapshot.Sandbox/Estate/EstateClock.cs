using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Estate;

/// <summary>Sets the world's clock back, so that what is made now is as old as it should be.</summary>
internal sealed class EstateClock
{
    /// <summary>The estate's last day, so that the same seed gives the same times whenever it is built.</summary>
    private static readonly DateTimeOffset LastDay = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SandboxWorld _world;
    private readonly DateTimeOffset _end;

    public EstateClock(SandboxWorld world)
    {
        _world = world;
        var present = world.Clock.GetUtcNow();
        _end = present < LastDay ? new DateTimeOffset(present.UtcDateTime.Date, TimeSpan.Zero) : LastDay;
    }

    public DateTimeOffset Now => _world.PretendedTime ?? _end;

    /// <summary>It is so many days before the estate's last day.</summary>
    public void Set(double daysAgo) => _world.PretendedTime = _end.AddDays(-daysAgo);

    /// <summary>Some time passes, but never beyond the last day.</summary>
    public void Pass(TimeSpan time)
    {
        var later = Now + time;
        _world.PretendedTime = later < _end ? later : _end;
    }

    public TimeSpan Left => _end - Now;
}
