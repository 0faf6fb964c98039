namespace JadaSnapshot.Engine.Layers.Route53.ZoneFiles;

/// <summary>The fields of a value, parted by blanks outside quotation marks.</summary>
internal sealed class RecordFields
{
    private readonly Queue<string> _fields = new();

    public RecordFields(string value)
    {
        var (start, isQuoted) = (-1, false);
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (!isQuoted && c is ' ' or '\t')
            {
                End(i);
                continue;
            }
            if (start < 0) start = i;
            if (c == '\\') i++;
            else if (c == '"') isQuoted = !isQuoted;
        }
        IsWhole = !isQuoted;
        End(value.Length);

        void End(int end)
        {
            if (start >= 0) _fields.Enqueue(value[start..end]);
            start = -1;
        }
    }

    /// <summary>Whether every string that begins also ends.</summary>
    public bool IsWhole { get; }

    public bool IsEmpty => _fields.Count == 0;

    /// <summary>The next field; null after the last.</summary>
    public string? Next() => _fields.TryDequeue(out var field) ? field : null;

    /// <summary>All fields that are left.</summary>
    public IReadOnlyList<string> Rest()
    {
        string[] rest = [.. _fields];
        _fields.Clear();
        return rest;
    }
}
