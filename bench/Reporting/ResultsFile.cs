using System.Text;

namespace JadaSnapshot.Bench.Reporting;

/// <summary>The file of results: a section a scenario, and measuring one again leaves the others.</summary>
internal static class ResultsFile
{
    private const string Heading = "## ";

    public static async Task WriteAsync(string path, string scenario, string text, string command, CancellationToken cancel)
    {
        var sections = File.Exists(path) ? Split(await File.ReadAllTextAsync(path, cancel)) : [];
        var section = $"{Heading}{scenario}\n\n`{command}`, {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC\n\n{text.TrimEnd()}\n";
        var place = sections.FindIndex(known => known.StartsWith($"{Heading}{scenario}\n", StringComparison.Ordinal));
        if (place < 0) sections.Add(section);
        else sections[place] = section;
        await File.WriteAllTextAsync(path, $"# Results\n\n{await BenchEnvironment.DescribeAsync(cancel)}\n{string.Join('\n', sections)}", cancel);
        Console.WriteLine(section);
    }

    private static List<string> Split(string text)
    {
        List<StringBuilder> sections = [];
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith(Heading, StringComparison.Ordinal)) sections.Add(new());
            if (sections.Count > 0) sections[^1].Append(line).Append('\n');
        }
        return [.. sections.Select(section => section.ToString().TrimEnd() + "\n")];
    }
}
