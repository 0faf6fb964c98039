using System.Collections.Concurrent;
using System.Text;

namespace JadaSnapshot.Engine.Capture;

/// <summary>Finds which other resources of a layer the documents of an export name.</summary>
internal sealed class SharedParts
{
    private readonly List<(Resource Resource, byte[] Id)> _others = [];
    private readonly ConcurrentDictionary<Resource, bool> _named = new();
    private readonly HashSet<Resource> _taken = [];

    /// <summary>Tells of a resource that documents may name, before there are any.</summary>
    public void Offer(Resource resource) => _others.Add((resource, Encoding.UTF8.GetBytes(resource.Id)));

    /// <summary>Notes what a document names; from any thread.</summary>
    public void Note(ReadOnlySpan<byte> document)
    {
        foreach (var (resource, id) in _others)
            if (!_named.ContainsKey(resource) && Names(document, id)) _named[resource] = true;
    }

    /// <summary>What has been named and not been taken yet.</summary>
    public List<Resource> TakeNamed() => [.. _named.Keys.Where(_taken.Add).OrderBy(resource => resource.Key, StringComparer.Ordinal)];

    /// <summary>Whether a text of an XML or JSON document is an id, or an ARN or a path that ends in it.</summary>
    private static bool Names(ReadOnlySpan<byte> document, ReadOnlySpan<byte> id)
    {
        for (var rest = document; rest.IndexOf(id) is >= 0 and var at; rest = rest[(at + id.Length)..])
            if (at > 0 && ">/:\";"u8.Contains(rest[at - 1]) && at + id.Length < rest.Length && "<\"&"u8.Contains(rest[at + id.Length])) return true;
        return false;
    }
}
