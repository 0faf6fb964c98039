using System.Text.Json;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Sync;

/// <summary>What one line of a sync's record or journal says: a copy that was made, or a key whose copy was deleted.</summary>
internal sealed record SyncLine
{
    public required string Key { get; init; }

    /// <summary>The copy; null where it was deleted.</summary>
    public ManifestEntry? Copy { get; init; }
}

/// <summary>A line of which only the key was read: enough to put lines in order, and they need not be written anew.</summary>
/// <param name="Key">The key.</param>
/// <param name="HasCopy">Whether the line is of a copy.</param>
/// <param name="Bytes">The line without its line feed.</param>
internal sealed record KeyedLine(string Key, bool HasCopy, byte[] Bytes)
{
    internal static int Compare(KeyedLine x, KeyedLine y) => Utf8Order.Instance.Compare(x.Key, y.Key);

    /// <summary>Looks through a line; null where it is torn.</summary>
    internal static KeyedLine? Read(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            if (!reader.Read() || !reader.Read() || !reader.ValueTextEquals("key"u8) || !reader.Read() || reader.GetString() is not { } key || !reader.Read()) return null;
            var hasCopy = reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("copy"u8);
            while (reader.Read()) { }
            return new(key, hasCopy, line.ToArray());
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The copy that the line tells of; null where it tells of none, or not as it should.</summary>
    internal ManifestEntry? ReadCopy() =>
        JsonLine.Parse(Bytes, StoreJson.Lines.SyncLine)?.Copy is { Object: not null } copy && SnapshotLayout.IsLegal(copy.Path) ? copy : null;
}
