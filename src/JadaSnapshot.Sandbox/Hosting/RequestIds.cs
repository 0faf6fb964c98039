namespace JadaSnapshot.Sandbox.Hosting;

/// <summary>Ids of requests. They are nobody's data, so no seed stands behind them.</summary>
internal static class RequestIds
{
    public static string New() => Guid.NewGuid().ToString();

    /// <summary>The form that S3 gives them: 16 letters and digits.</summary>
    public static string S3Form(string id) => string.Create(16, id, static (span, id) =>
    {
        var next = 0;
        for (var i = 0; next < span.Length; i++)
            if (id[i % id.Length] is not '-' and var letter)
                span[next++] = char.ToUpperInvariant(letter);
    });
}
