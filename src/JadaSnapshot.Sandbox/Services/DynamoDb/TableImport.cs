using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

/// <summary>An import of a new table from S3. It is in progress when it is first looked at; looked at again, it is over once its time has passed. Until then its table is being made.</summary>
/// <param name="description">What DescribeImport says of it.</param>
/// <param name="table">The table that it fills.</param>
/// <param name="tables">The tables of the region; one whose import fails is gone.</param>
/// <param name="world">The sandbox.</param>
internal sealed class TableImport(JsonObject description, Table table, SortedDictionary<string, Table> tables, SandboxWorld world)
{
    /// <summary>Where DynamoDB writes what is wrong with items.</summary>
    public const string LogGroup = "/aws-dynamodb/imports";

    private readonly DateTimeOffset _due = world.SettledAfter(world.Settling.Tables);
    private int _looks;

    public string Arn => Description.Need("ImportArn");

    public JsonObject Description { get; } = description;

    public Table Table => table;

    /// <summary>What is imported, or why that cannot be read; null as long as it is being read.</summary>
    public (IReadOnlyList<byte[]> Files, SandboxException? Failure)? Source { get; set; }

    /// <summary>Ends it where it is to be over by now.</summary>
    public void Look()
    {
        if (Description.Need("ImportStatus") != "IN_PROGRESS" || Source is not { } source || ++_looks < 2 || !world.IsSettled(_due)) return;
        Description["EndTime"] = world.Now.Epoch();
        try
        {
            if (source.Failure is { } failure) throw failure;
            foreach (var file in source.Files) Take(file);
            Description["ImportStatus"] = "COMPLETED";
            table.Settled = default;
        }
        catch (Exception problem) when (problem is SandboxException or InvalidDataException)
        {
            (Description["ImportStatus"], Description["FailureCode"], Description["FailureMessage"]) = ("FAILED", problem is SandboxException refusal ? $"S3{refusal.Code}" : "InvalidInput", problem.Message);
            tables.Remove(table.Name);
        }
    }

    private void Take(byte[] file)
    {
        Count("ProcessedSizeBytes", file.Length);
        foreach (var line in Lines(file))
        {
            Count("ProcessedItemCount", 1);
            try
            {
                var item = JsonBody.Parse(Encoding.UTF8.GetBytes(line)).Part("Item") ?? throw JsonBody.MissingMember("Item");
                AttributeValue.CheckItem(item);
                table.Items[table.Key.KeyOf(item)] = item.DeepClone().AsObject();
                Count("ImportedItemCount", 1);
            }
            catch (SandboxException)
            {
                Count("ErrorCount", 1);
            }
        }
    }

    private void Count(string member, long more) => Description[member] = Description.Number(member) + more;

    private IEnumerable<string> Lines(byte[] file)
    {
        Stream stream = new MemoryStream(file);
        using var reader = new StreamReader(Description.Text("InputCompressionType") == "GZIP" ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0) yield return line;
    }
}
