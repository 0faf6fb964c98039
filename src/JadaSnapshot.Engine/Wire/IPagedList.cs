namespace JadaSnapshot.Engine.Wire;

/// <summary>A list that a service hands out in pages, whatever its protocol.</summary>
internal interface IPagedList
{
    /// <summary>The operation.</summary>
    string Operation { get; }

    /// <summary>How the files of its pages end: <c>.json</c>.</summary>
    string FileType { get; }

    /// <summary>Every page.</summary>
    IAsyncEnumerable<WireResponse> PagesAsync(WireClient client, CancellationToken cancel);
}
