namespace JadaSnapshot.Engine.Estate;

/// <summary>An estate file as it was read: what it declares, and where in it everything stands.</summary>
public sealed class EstateDocument
{
    /// <summary>What the file is called.</summary>
    public const string FileName = "jada.json";

    private const int LargestFile = 1 << 20;

    private readonly byte[] _text;
    private readonly PlacedJson? _root;
    private readonly List<PlacedError> _errors = [];

    private EstateDocument(string path, byte[] text)
    {
        (Path, _text) = (path, text.AsSpan().StartsWith("\uFEFF"u8) ? text[3..] : text);
        _root = PlacedJsonReader.Read(_text, _errors);
        if (_root is null) return;
        _errors.AddRange(EstateSchema.Current.Check(_root));
        // What is not formed as it should be cannot be looked into.
        if (_errors.Count > 0) return;
        _errors.AddRange(EstateReferences.Check(_root));
        Estate = EstateReader.ToEstate(_root, path);
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>What it declares; null where it is not formed as an estate file is.</summary>
    public EstateFile? Estate { get; }

    /// <summary>What is wrong with the file in itself, in the order in which it stands there.</summary>
    public IReadOnlyList<EstateFinding> Errors =>
        [.. _errors.OrderBy(error => error.Offset).Select(error => Finding(FindingSeverity.Error, error.Path, error.Offset, error.Message))];

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is too large to be one.</exception>
    public static EstateDocument Read(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no estate file at {path}.", path);
        if (new FileInfo(path).Length > LargestFile) throw new InvalidDataException($"{path} is no estate file: it is larger than a megabyte.");
        return new(path, File.ReadAllBytes(path));
    }

    /// <summary>Reads what a file would hold.</summary>
    public static EstateDocument Parse(string path, byte[] text) => new(path, text);

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="replaces">Whether one that is there already is replaced.</param>
    /// <exception cref="IOException">It is there already, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public void Save(bool replaces)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var temporary = $"{Path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(temporary, _text);
            File.Move(temporary, Path, replaces);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The file's declarations.</summary>
    /// <exception cref="EstateFileException">Something is wrong with the file.</exception>
    public EstateFile Require() => _errors.Count == 0 ? Estate! : throw new EstateFileException(Errors);

    /// <summary>The path of the estate file that the path of a file or of its folder stands for.</summary>
    public static string PathOf(string path) => Directory.Exists(path) ? System.IO.Path.Combine(path, FileName) : path;

    /// <summary>The nearest estate file in a folder or above it; null where there is none.</summary>
    /// <exception cref="EstateFileException">It lies where anyone may have put it.</exception>
    public static string? Find(string folder)
    {
        for (var place = folder; place is not null; place = System.IO.Path.GetDirectoryName(place))
        {
            var path = System.IO.Path.Combine(place, FileName);
            if (!File.Exists(path)) continue;
            if (IsOpenToAll(path) || IsOpenToAll(place)) throw EstateFileException.Of(path,
                $"This estate file was found, and not used: everyone may write {(IsOpenToAll(path) ? "it" : "into its folder")}. Name it by -Estate if it is yours, or take that right away (chmod o-w).");
            return path;
        }
        return null;
    }

    /// <summary>A finding at a place of the document, or at the nearest one above it that there is.</summary>
    public EstateFinding Finding(FindingSeverity severity, string pointer, string message)
    {
        for (var place = pointer; ; place = place[..place.LastIndexOf('/')])
            if (Locate(_root, place) is { } found) return Finding(severity, pointer, found.Offset, message);
            else if (place.Length == 0) return Finding(severity, pointer, 0, message);
    }

    private EstateFinding Finding(FindingSeverity severity, string pointer, int offset, string message)
    {
        var (line, column) = TextPosition.Of(_text, offset);
        return new() { Severity = severity, File = Path, Path = pointer, Line = line, Column = column, Message = message };
    }

    private static PlacedJson? Locate(PlacedJson? value, string pointer) =>
        value is null || value.Path == pointer ? value
        : value.Members.Select(member => member.Value).Concat(value.Items)
            .Where(child => pointer == child.Path || pointer.StartsWith(child.Path + "/", StringComparison.Ordinal))
            .Select(child => Locate(child, pointer)).FirstOrDefault();

    private static bool IsOpenToAll(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & UnixFileMode.OtherWrite) != 0;
}

/// <summary>An estate file that cannot be used as it stands.</summary>
/// <param name="findings">What is wrong with it.</param>
public sealed class EstateFileException(IReadOnlyList<EstateFinding> findings) : Exception(Words(findings))
{
    private const int NamedAtMost = 5;

    /// <summary>What is wrong with it, in the order in which it stands there.</summary>
    public IReadOnlyList<EstateFinding> Findings { get; } = findings;

    internal static EstateFileException Of(string path, string message) =>
        new([new() { Severity = FindingSeverity.Error, File = path, Path = "", Line = 1, Column = 1, Message = message }]);

    private static string Words(IReadOnlyList<EstateFinding> findings) =>
        string.Join(Environment.NewLine, findings.Take(NamedAtMost)) + (findings.Count > NamedAtMost ? $"{Environment.NewLine}… and {findings.Count - NamedAtMost:N0} more: Test-JadaEstate." : "");
}
