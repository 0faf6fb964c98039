using Spectre.Console;

namespace JadaSnapshot.Demo;

/// <summary>How the demo shows records.</summary>
internal static class Tables
{
    public static Table Of(Snapshot snapshot)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns(new TableColumn("Layer"), new TableColumn("Status"), Right("Resources"), Right("Files"), Right("Size"), Right("Problems"));
        foreach (var layer in snapshot.Layers)
            table.AddRow(layer.Name, layer.Status.ToString(), $"{layer.ResourceCount:n0}", $"{layer.FileCount:n0}", Bytes(layer.TotalBytes), $"{layer.ProblemCount:n0}");
        return table;
    }

    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => $"{bytes / 1e3:n1} KB",
        < 1_000_000_000 => $"{bytes / 1e6:n1} MB",
        _ => $"{bytes / 1e9:n1} GB",
    };

    private static TableColumn Right(string header) => new TableColumn(header).RightAligned();
}
