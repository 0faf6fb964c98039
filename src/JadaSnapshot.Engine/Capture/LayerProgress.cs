namespace JadaSnapshot.Engine.Capture;

/// <summary>How far a layer is.</summary>
public enum LayerState
{
    /// <summary>Not begun.</summary>
    Waiting,

    /// <summary>What there is is still being listed; captures may be under way.</summary>
    Listing,

    /// <summary>Everything is listed and being captured.</summary>
    Capturing,

    /// <summary>Over.</summary>
    Done,
}

/// <summary>The progress of one layer, to be read from any thread at any time.</summary>
public sealed class LayerProgress(string layer)
{
    private long _found, _done, _files, _bytes, _problems;

    /// <summary>The layer's name.</summary>
    public string Layer { get; } = layer;

    /// <summary>How far it is.</summary>
    public LayerState State { get; internal set; }

    /// <summary>The number of resources known so far.</summary>
    public long ResourcesFound => Interlocked.Read(ref _found);

    /// <summary>The number of resources captured, or given up.</summary>
    public long ResourcesDone => Interlocked.Read(ref _done);

    /// <summary>The number of files written.</summary>
    public long Files => Interlocked.Read(ref _files);

    /// <summary>The number of bytes written.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The number of things that could not be captured.</summary>
    public long Problems => Interlocked.Read(ref _problems);

    /// <summary>The resource that was begun last.</summary>
    public string Current { get; internal set; } = "";

    internal void AddFound() => Interlocked.Increment(ref _found);

    internal void AddDone() => Interlocked.Increment(ref _done);

    internal void AddProblem() => Interlocked.Increment(ref _problems);

    internal void AddFile(long size)
    {
        Interlocked.Increment(ref _files);
        Interlocked.Add(ref _bytes, size);
    }
}
