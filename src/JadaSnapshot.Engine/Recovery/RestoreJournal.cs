using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>
/// What restores of one snapshot into one place have made: which live thing stands for which of the snapshot's. Each line is on its way to
/// the disk before the next call is made, so that a restore that was cut off knows its own things again. It lies in the store's home, in
/// <c>.restores/</c>, and belongs to no snapshot.
/// </summary>
internal sealed class RestoreJournal : IDisposable
{
    private const string Folder = ".restores";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string[]> _made = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _learned = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly string _place;
    private FileStream? _file;

    private RestoreJournal(string path, string place) => (_path, _place) = (path, place);

    /// <summary>Reads the journal of a snapshot and a place; nothing is written before something was made.</summary>
    /// <param name="files">The snapshot.</param>
    /// <param name="place">All that tells the place from others: account, endpoint, regions, names.</param>
    /// <param name="folder">The folder that has the journals; null for that of the store.</param>
    public static RestoreJournal Open(SnapshotFiles files, string place, string? folder)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{files.Snapshot.ManifestSha256}\n{place}")));
        var journal = new RestoreJournal(Path.Combine(folder ?? Path.Combine(files.Home, Folder), $"{files.Snapshot.Name}-{hash[..16]}.jsonl"), hash);
        journal.Read();
        return journal;
    }

    /// <summary>What was made for a resource of the snapshot: its id, its ARN, and what else it is called by. Null where nothing was.</summary>
    public string[]? Made(string resourceKey)
    {
        lock (_gate) return _made.GetValueOrDefault(resourceKey);
    }

    /// <summary>What else is called otherwise in the place.</summary>
    public IReadOnlyDictionary<string, string> Learned
    {
        get
        {
            lock (_gate) return new Dictionary<string, string>(_learned, StringComparer.Ordinal);
        }
    }

    /// <summary>Notes what was made for a resource.</summary>
    public void Add(string resourceKey, IReadOnlyList<string> names)
    {
        lock (_gate)
        {
            _made[resourceKey] = [.. names];
            Write(json =>
            {
                json.WriteString("resource", resourceKey);
                json.WriteStartArray("made");
                foreach (var name in names) json.WriteStringValue(name);
                json.WriteEndArray();
            });
        }
    }

    /// <summary>Notes what else is called otherwise in the place.</summary>
    public void Add(string from, string to)
    {
        lock (_gate)
        {
            _learned[from] = to;
            Write(json =>
            {
                json.WriteString("from", from);
                json.WriteString("to", to);
            });
        }
    }

    /// <summary>A word that services take to know a call again that is repeated: the same for the same resource and place in every run.</summary>
    public string Token(string resourceKey) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{_place}\n{resourceKey}")))[..32];

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private void Write(Action<Utf8JsonWriter> write)
    {
        var line = JsonText.Object(json =>
        {
            json.WriteString("at", DateTimeOffset.UtcNow);
            write(json);
        });
        _file ??= Append();
        _file.Write([.. line, (byte)'\n']);
        _file.Flush(flushToDisk: true);
    }

    private FileStream Append()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read };
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        try
        {
            var file = new FileStream(_path, options);
            // A line that was cut off would take the next one with it.
            file.Seek(0, SeekOrigin.End);
            if (file.Length > 0) file.Write("\n"u8);
            return file;
        }
        catch (IOException exception)
        {
            throw new StoreException(StoreFault.StoreNotWritable, $"The journal {_path} cannot be written, perhaps because another restore of this snapshot is under way: {exception.Message}", exception);
        }
    }

    private void Read()
    {
        if (!File.Exists(_path)) return;
        foreach (var line in File.ReadLines(_path))
        {
            try
            {
                var entry = JsonElement.Parse(line);
                if (entry.Text("from") is { } from && entry.Text("to") is { } to) _learned[from] = to;
                if (entry.Text("resource") is { } resource) _made[resource] = [.. entry.Items("made").Select(name => name.GetString() ?? "")];
            }
            catch (JsonException)
            {
                // A torn line: what it would have said is found by what is live.
            }
        }
    }
}
