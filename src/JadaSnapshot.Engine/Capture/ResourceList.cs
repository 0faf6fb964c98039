using System.Text.Json;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Capture;

/// <summary>The resources of a snapshot, a line each, in the order of their keys: what the manifest's keys are the names of.</summary>
internal sealed class ResourceList : ISnapshotSummary
{
    /// <summary>Its path in a snapshot.</summary>
    public const string File = "resources.jsonl";

    /// <inheritdoc/>
    public string Path => File;

    /// <inheritdoc/>
    public byte[] Write(CapturedEstate estate) =>
        [.. estate.Resources.SelectMany(resource => (byte[])[.. JsonSerializer.SerializeToUtf8Bytes(resource, StoreJson.Lines.Resource), (byte)'\n'])];

    /// <summary>Reads the list of a snapshot, by their keys. One without has none, and lines that cannot be read are passed over: keys say what is there, this only what it is called.</summary>
    public static IReadOnlyDictionary<string, Resource> Read(string folder)
    {
        var path = System.IO.Path.Combine(folder, File);
        if (!SnapshotReader.IsReadable(path)) return new Dictionary<string, Resource>();
        using LineReader lines = new(path);
        return Read(lines);
    }

    /// <summary>Reads a list.</summary>
    public static IReadOnlyDictionary<string, Resource> Parse(byte[] list)
    {
        using LineReader lines = new(new MemoryStream(list), LineReader.LongestLine);
        return Read(lines);
    }

    private static Dictionary<string, Resource> Read(LineReader lines)
    {
        Dictionary<string, Resource> resources = new(StringComparer.Ordinal);
        while (lines.Read() is { } line)
            if (JsonLine.Parse(line.Span, StoreJson.Lines.Resource) is { } resource) resources[resource.Key] = resource;
        return resources;
    }
}
