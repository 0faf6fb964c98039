namespace JadaSnapshot.Engine.Copies;

/// <summary>How far a copy is. May be read at any time.</summary>
public sealed class CopyProgress
{
    private long _copied, _copiedBytes, _taken, _takenBytes, _unchanged, _unchangedBytes, _problems;

    /// <summary>The number of files that were sent or fetched.</summary>
    public long Copied => Interlocked.Read(ref _copied);

    /// <summary>Their bytes.</summary>
    public long CopiedBytes => Interlocked.Read(ref _copiedBytes);

    /// <summary>The number of files that were taken over from an earlier snapshot.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Their bytes.</summary>
    public long TakenBytes => Interlocked.Read(ref _takenBytes);

    /// <summary>The number of files that were there already.</summary>
    public long Unchanged => Interlocked.Read(ref _unchanged);

    /// <summary>The bytes of all files that are done.</summary>
    public long Bytes => CopiedBytes + TakenBytes + Interlocked.Read(ref _unchangedBytes);

    /// <summary>The number of all files that are done.</summary>
    public long Files => Copied + Taken + Unchanged;

    /// <summary>The number of things that could not be done.</summary>
    public long Problems => Interlocked.Read(ref _problems);

    internal void Add(CopyOutcome outcome, long bytes)
    {
        ref var files = ref outcome == CopyOutcome.Copied ? ref _copied : ref outcome == CopyOutcome.Taken ? ref _taken : ref _unchanged;
        ref var size = ref outcome == CopyOutcome.Copied ? ref _copiedBytes : ref outcome == CopyOutcome.Taken ? ref _takenBytes : ref _unchangedBytes;
        Interlocked.Increment(ref files);
        Interlocked.Add(ref size, bytes);
    }

    internal void AddProblem() => Interlocked.Increment(ref _problems);
}
