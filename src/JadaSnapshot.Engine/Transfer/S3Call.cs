namespace JadaSnapshot.Engine.Transfer;

/// <summary>One S3 operation to perform, as often as it takes.</summary>
internal sealed record S3Call
{
    /// <summary>The operation, in S3's own term.</summary>
    public required string Operation { get; init; }

    /// <summary>GET, HEAD for what is said of an object alone, or what changes something.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>The bucket; null for ListBuckets.</summary>
    public string? Bucket { get; init; }

    /// <summary>The object's key.</summary>
    public string? Key { get; init; }

    /// <summary>The canonical query (<see cref="S3Path.Query"/>).</summary>
    public string Query { get; init; } = "";

    /// <summary>Further headers, asked for anew at each attempt, so that a download can go on where it was cut.</summary>
    public Func<IEnumerable<KeyValuePair<string, string>>>? Headers { get; init; }

    /// <summary>What is sent; null for nothing.</summary>
    public byte[]? Body { get; init; }

    /// <summary>What is sent of a file, in place of a <see cref="Body"/>; null for nothing.</summary>
    public FileStretch? File { get; init; }

    /// <summary>How long nothing may arrive or be sent before an attempt is given up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many bytes have arrived so far: attempts that bring a download forward are not counted against it.</summary>
    public Func<long>? Progress { get; init; }

    /// <summary>Which bytes of the object are asked for; null for all.</summary>
    public string? Stretch { get; init; }

    /// <summary>What the call is about, for messages.</summary>
    public string Subject
    {
        get => field ?? (Bucket is null ? "S3" : Key is null ? Bucket : $"{Bucket}/{Key}");
        init;
    }
}
