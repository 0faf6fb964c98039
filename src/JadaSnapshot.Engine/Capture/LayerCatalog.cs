namespace JadaSnapshot.Engine.Capture;

/// <summary>Finds the layers: every class of this assembly that implements <see cref="ILayer"/> and takes a <see cref="LayerContext"/>.</summary>
public static class LayerCatalog
{
    private static readonly IReadOnlyList<(string Name, Type Type)> Known =
        [.. Implementations.TypesOf<ILayer>().Select(type => (Name: NameOf(type), Type: type)).OrderBy(layer => layer.Name, StringComparer.Ordinal)];

    /// <summary>The names of all layers, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(layer => layer.Name)];

    /// <summary>The names of the layers that were asked for, or of all where none was, in ordinal order.</summary>
    /// <exception cref="ArgumentException">There is no layer of one of the names.</exception>
    public static IReadOnlyList<string> Select(IReadOnlyList<string> names)
    {
        foreach (var name in names)
            if (!Names.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw new ArgumentException($"There is no layer '{name}'. The layers are {string.Join(", ", Names)}.", nameof(names));
        return names.Count == 0 ? Names : [.. Names.Where(name => names.Contains(name, StringComparer.OrdinalIgnoreCase))];
    }

    /// <summary>Makes the layers of these names, or all where there are none.</summary>
    /// <exception cref="ArgumentException">There is no layer of one of the names.</exception>
    public static IReadOnlyList<ILayer> Create(LayerContext context, IReadOnlyList<string> names)
    {
        var selected = Select(names);
        return [.. Known.Where(layer => selected.Contains(layer.Name)).Select(layer => (ILayer)Activator.CreateInstance(layer.Type, context)!)];
    }

    /// <summary>A text that lies beside a layer's code and is built in; null where there is none.</summary>
    internal static string? ReadText(string layer, string file)
    {
        var type = Known.Single(known => known.Name == layer).Type;
        using var stream = type.Assembly.GetManifestResourceStream(type, file);
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string NameOf(Type type) =>
        (string?)type.GetField("LayerName")?.GetRawConstantValue()
        ?? throw new InvalidOperationException($"The layer {type.Name} has no constant LayerName.");
}
