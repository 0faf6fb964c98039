namespace JadaSnapshot;

/// <summary>How bad a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing.</summary>
    Information,

    /// <summary>It can be used, and something in it does not do what it seems to.</summary>
    Warning,

    /// <summary>It cannot be used as it stands, or names something that is not there.</summary>
    Error,
}

/// <summary>Something about an estate file.</summary>
public sealed record EstateFinding
{
    /// <summary>How bad it is.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>The full path of the estate file.</summary>
    public required string File { get; init; }

    /// <summary>The place in the document (RFC 6901): <c>/sites/sailjada.com/buckets/0</c>; empty for the whole of it.</summary>
    public required string Path { get; init; }

    /// <summary>The line, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The column, from 1, in characters as editors count them.</summary>
    public required int Column { get; init; }

    /// <summary>What is wrong and what would be right.</summary>
    public required string Message { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}:{Column}: {Message}";
}
