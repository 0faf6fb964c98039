namespace JadaSnapshot.Sandbox.Protocols;

/// <summary>What a service keeps apart for each region.</summary>
internal sealed class Regional<T> where T : new()
{
    private readonly Dictionary<string, T> _regions = new(StringComparer.Ordinal);

    public T In(string region)
    {
        if (!_regions.TryGetValue(region, out var found)) _regions.Add(region, found = new());
        return found;
    }
}
