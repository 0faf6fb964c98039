using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.AppsScript;

/// <summary>The files of a project as the API has them, in the order in which they are loaded.</summary>
internal static class ScriptContent
{
    // What the API says of a file and takes from nobody.
    private static readonly string[] Told = ["lastModifyUser", "createTime", "updateTime", "functionSet"];

    /// <summary>Whether two contents have the same files in the same order.</summary>
    public static bool IsSame(JsonElement one, JsonElement other) => one.Items("files").Select(Key).SequenceEqual(other.Items("files").Select(Key));

    /// <summary>The request that replaces a project's files by these.</summary>
    public static byte[] Request(JsonElement content) => JsonText.Object(json =>
    {
        json.WriteStartArray("files");
        foreach (var file in content.Items("files"))
        {
            json.WriteStartObject();
            foreach (var member in file.EnumerateObject().Where(member => !Told.Contains(member.Name))) json.WriteVerbatim(member.Name, member.Value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    /// <summary>The files as things to compare, below a folder, with their order.</summary>
    public static IEnumerable<SideFile> Compared(string folder, JsonElement content)
    {
        var files = content.Items("files").ToList();
        foreach (var file in files) yield return Side($"{folder}/{NameOf(file)}", Encoding.UTF8.GetBytes(file.Text("source") ?? ""));
        yield return Side($"{folder}.json", JsonText.Object(json =>
        {
            json.WriteStartArray("files");
            foreach (var file in files) json.WriteStringValue(NameOf(file));
            json.WriteEndArray();
        }));
    }

    /// <summary>A document that is made to be compared.</summary>
    public static SideFile Side(string path, byte[] content) => new(path, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), () => content);

    private static (string?, string?, string?) Key(JsonElement file) => (file.Text("name"), file.Text("type"), file.Text("source"));

    private static string NameOf(JsonElement file) => file.Text("name") + ScriptFolder.ExtensionOf(file.Text("type"));
}
