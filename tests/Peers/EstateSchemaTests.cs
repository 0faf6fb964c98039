using System.Text;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Estate;
using JadaSnapshot.Engine.Tests.EstateFiles;
using Xunit;

namespace JadaSnapshot.Peers.Tests;

/// <summary>The published schema of estate files, as a validator of JSON Schema that is not ours reads it.</summary>
public sealed class EstateSchemaTests
{
    [Fact]
    public async Task What_the_schema_accepts_the_reader_accepts_and_nothing_else()
    {
        var cancel = TestContext.Current.CancellationToken;
        PeerTools.Require((await Tool.RunAsync("python3", ["-c", "import jsonschema"], Tool.NoVariables, null, cancel)).Code == 0 ? null : "jsonschema for Python is not on this machine.");
        string[] documents = [.. EstateDocuments.Table.Select(document => JsonNode.Parse(document.Text)?.ToJsonString() ?? "null"), .. EstateDocuments.Mutations()];
        var folder = AppContext.BaseDirectory;

        var judged = await Tool.RunAsync("python3", [Path.Combine(folder, "estate_schema.py"), Path.Combine(folder, "jada.schema.json")], Tool.NoVariables, string.Join('\n', documents), cancel);
        Assert.True(judged.Code == 0, judged.Error);
        var verdicts = judged.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(documents.Length, verdicts.Length);
        Assert.Empty(documents.Zip(verdicts).Where(each => IsWellFormed(each.First) != (each.Second == "accepted")).Select(each => $"{each.Second}: {each.First}"));
        Assert.InRange(verdicts.Count(verdict => verdict == "accepted"), 50, documents.Length / 2);
    }

    // What does not fit together is no matter of form.
    private static bool IsWellFormed(string document) => EstateDocument.Parse("/estate/jada.json", Encoding.UTF8.GetBytes(document)).Estate is not null;
}
