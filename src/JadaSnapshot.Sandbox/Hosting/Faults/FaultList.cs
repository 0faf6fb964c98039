using System.Collections.Immutable;

namespace JadaSnapshot.Sandbox.Hosting.Faults;

/// <summary>The faults of a sandbox. The first that concerns a request meets it.</summary>
public sealed class FaultList(int seed)
{
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();
    private ImmutableArray<Fault> _faults = [];

    /// <summary>The faults there are.</summary>
    public IReadOnlyList<Fault> All => _faults;

    /// <summary>Adds one.</summary>
    public void Add(Fault fault) => ImmutableInterlocked.Update(ref _faults, static (faults, added) => faults.Add(added), fault);

    /// <summary>Takes all away.</summary>
    public void Clear() => ImmutableInterlocked.Update(ref _faults, static faults => faults.Clear());

    internal Fault? Meet(string service, string operation, string target)
    {
        var faults = _faults;
        foreach (var fault in faults)
            if (fault.Concerns(service, operation, target) && Strikes(fault.Rate) && fault.IsDue(target) && fault.TakesOne())
                return fault;
        return null;
    }

    private bool Strikes(double rate)
    {
        if (rate >= 1) return true;
        lock (_lock) return _random.NextDouble() < rate;
    }
}
