using System.Text;

namespace JadaSnapshot.Sandbox.Services.S3Control;

/// <summary>Comma-separated values as in RFC 4180.</summary>
internal static class CsvText
{
    public static string Line(params IEnumerable<string?> fields) => string.Join(',', fields.Select(Field)) + "\n";

    /// <exception cref="FormatException">A quotation does not end.</exception>
    public static IEnumerable<List<string>> Rows(string text)
    {
        var (row, field, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (isQuoted && letter == '"' && i + 1 < text.Length && text[i + 1] == '"') field.Append(text[i++]);
            else if (letter == '"') isQuoted = !isQuoted;
            else if (isQuoted || letter is not (',' or '\r' or '\n')) field.Append(letter);
            else if (letter == ',') Next();
            else if (letter == '\n' && (row.Count > 0 || field.Length > 0))
            {
                Next();
                yield return row;
                row = [];
            }
        }
        if (isQuoted) throw new FormatException("A quotation does not end.");
        if (row.Count == 0 && field.Length == 0) yield break;
        Next();
        yield return row;

        void Next()
        {
            row.Add(field.ToString());
            field.Clear();
        }
    }

    private static string Field(string? value) =>
        value is null ? "" : value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
