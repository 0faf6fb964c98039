using System.Text;

namespace JadaSnapshot.Bench.Reporting;

/// <summary>A table in Markdown: the first column is text, the others are numbers.</summary>
internal sealed class Table(params string[] header)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] row) => _rows.Add(row);

    public override string ToString()
    {
        var text = new StringBuilder();
        Append(header);
        Append([.. header.Select((_, column) => column == 0 ? "---" : "---:")]);
        foreach (var row in _rows) Append(row);
        return text.ToString();

        void Append(string[] cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }
}

/// <summary>How the results write quantities.</summary>
internal static class Quantity
{
    public static string Of(TimeSpan time) => time.TotalSeconds < 1 ? $"{time.TotalMilliseconds:n0} ms" : $"{time.TotalSeconds:n2} s";

    public static string OfOne(TimeSpan all, long count) => $"{(all / count).TotalMicroseconds:n1} µs";

    public static string Memory(double bytes) => $"{bytes / 1e6:n0} MB";

    public static string Ratio(TimeSpan other, TimeSpan ours) => $"{other / ours:n2}×";
}
