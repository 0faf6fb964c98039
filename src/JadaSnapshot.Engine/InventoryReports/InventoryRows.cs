using System.Globalization;
using System.IO.Compression;
using System.Text;
using JadaSnapshot.Engine.Transfer;
using Sylvan.Data.Csv;

namespace JadaSnapshot.Engine.InventoryReports;

/// <summary>Reads the rows of a report's data file.</summary>
internal sealed class InventoryRows
{
    private const int LongestRow = 1 << 16;
    private const int LongestKey = 1024;

    // The keys alone, numbered, of objects that are alike in all else, pack to a fortieth.
    private const long MostPacked = 100;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly CsvDataReader _row;
    private readonly IReadOnlyList<string> _columns;
    private readonly string _source;
    private readonly int _bucket, _key, _size, _modified, _etag, _class, _isLatest, _isDeleteMarker;

    private string _latestClass = "";

    private InventoryRows(CsvDataReader row, IReadOnlyList<string> columns, string source)
    {
        (_row, _columns, _source) = (row, columns, source);
        (_bucket, _key, _size, _modified, _etag) = (Needed("Bucket"), Needed("Key"), Needed("Size"), Needed("LastModifiedDate"), Needed("ETag"));
        (_class, _isLatest, _isDeleteMarker) = (At("StorageClass"), At("IsLatest"), At("IsDeleteMarker"));
    }

    /// <summary>The current objects, in the order of the file; their storage class is empty where it tells of none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="source">The bucket that it is to tell of.</param>
    /// <exception cref="InvalidDataException">It is not as S3 writes one.</exception>
    public static IEnumerable<ListedObject> Read(string path, IReadOnlyList<string> columns, string source)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        using StreamReader text = new(new GZipStream(file, CompressionMode.Decompress), Strict, detectEncodingFromByteOrderMarks: false, 1 << 16);
        var most = (file.Length * MostPacked) + LongestRow;
        using var row = Checked(() => CsvDataReader.Create(text, new() { HasHeaders = false, Delimiter = ',', BufferSize = LongestRow, MaxBufferSize = LongestRow }));
        InventoryRows rows = new(row, columns, source);
        while (Checked(row.Read))
        {
            most -= rows.Length();
            if (most < 0) throw new InvalidDataException("it unpacks to more than a report can be");
            if (rows.IsCurrent()) yield return rows.Object();
        }
    }

    private static T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is CsvFormatException or CsvRecordTooLargeException or DecoderFallbackException or InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException("it is not gzipped CSV of UTF-8, or not whole", exception);
        }
    }

    private long Length()
    {
        if (_row.RowFieldCount != _columns.Count) throw Wrong($"has {_row.RowFieldCount} columns, and not {_columns.Count}");
        long length = 0;
        for (var column = 0; column < _columns.Count; column++) length += _row.GetFieldSpan(column).Length + 3;
        return length;
    }

    private bool IsCurrent() => (_isLatest < 0 || Flag(_isLatest)) && (_isDeleteMarker < 0 || !Flag(_isDeleteMarker));

    private ListedObject Object()
    {
        if (!_row.GetFieldSpan(_bucket).SequenceEqual(_source)) throw Wrong($"is of another bucket than {_source}");
        if (!long.TryParse(_row.GetFieldSpan(_size), NumberStyles.None, CultureInfo.InvariantCulture, out var size)) throw Wrong("has no size");
        if (!DateTimeOffset.TryParseExact(_row.GetFieldSpan(_modified), "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var modified)) throw Wrong("has no time of change");
        return new(Key(_row.GetFieldSpan(_key)), size, Word(_etag).Trim('"').ToString(), modified, _class < 0 ? "" : StorageClass(Word(_class)));
    }

    /// <summary>Rows that follow one another mostly have the same.</summary>
    private string StorageClass(ReadOnlySpan<char> storageClass) => storageClass.SequenceEqual(_latestClass) ? _latestClass : _latestClass = storageClass.ToString();

    private ReadOnlySpan<char> Word(int column)
    {
        var word = _row.GetFieldSpan(column);
        return word.Length <= ListedLine.LongestWord && !word.ContainsAnyExceptInRange('!', '~') ? word : throw Wrong($"has no {_columns[column]} that can be one");
    }

    private string Key(ReadOnlySpan<char> escaped)
    {
        foreach (var letter in escaped)
            if (letter is <= ' ' or >= '\x7F') throw Wrong("has a key that is not URL-encoded");
        var key = ListingDocument.Unescape(escaped.ToString());
        return key.Length > 0 && Encoding.UTF8.GetByteCount(key) <= LongestKey ? key : throw Wrong("has a key that cannot be one");
    }

    private bool Flag(int column) => _row.GetFieldSpan(column) switch
    {
        "true" => true,
        "false" => false,
        _ => throw Wrong($"says neither true nor false of {_columns[column]}"),
    };

    private InvalidDataException Wrong(string words) => new(string.Create(CultureInfo.InvariantCulture, $"row {_row.RowNumber} {words}"));

    private int Needed(string column) => At(column) is var at and >= 0 ? at : throw new InvalidDataException($"the report's manifest tells of no column {column}");

    private int At(string column)
    {
        for (var at = 0; at < _columns.Count; at++)
            if (_columns[at] == column) return at;
        return -1;
    }
}
