using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.AppsScript;

/// <summary>
/// The files of a project as clasp 3 has them: names get the extension of their type, slashes in them are folders, and
/// <c>.clasp.json</c> says whose they are and in which order they go back.
/// </summary>
internal static class ScriptFolder
{
    private const string Settings = ".clasp.json";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The files of a content document, with their paths, and the settings of clasp for them.</summary>
    /// <exception cref="JsonException">The document is none.</exception>
    public static IReadOnlyList<(string Path, byte[] Content)> Of(byte[] content, string scriptId, string? parentId)
    {
        List<JsonElement> files = [.. JsonElement.Parse(content).Items("files")];
        List<string> names = [.. files.Select(file => file.Text("name") + ExtensionOf(file.Text("type")))];
        var paths = Paths(names);
        List<(string, byte[])> folder = [.. files.Zip(names, (file, name) => (paths[name], Encoding.UTF8.GetBytes(file.Text("source") ?? ""))).DistinctBy(file => file.Item1)];
        folder.Add((Settings, SettingsFor(scriptId, parentId, names.Select(name => paths[name]).Distinct())));
        return folder;
    }

    // The order in which PathAssigner tells names apart is that of their UTF-8.
    private static Dictionary<string, string> Paths(IEnumerable<string> names)
    {
        var assigner = new PathAssigner();
        assigner.Assign(Settings);
        return names.Distinct().Order(Utf8Order.Instance).ToDictionary(name => name, assigner.Assign, StringComparer.Ordinal);
    }

    /// <summary>The extension that clasp gives to the files of a type.</summary>
    public static string ExtensionOf(string? type) => type switch
    {
        "SERVER_JS" => ".gs",
        "HTML" => ".html",
        "JSON" => ".json",
        _ => ".txt",
    };

    /// <summary>What clasp reads: without the list of extensions it would write <c>.js</c>, and without the order it would send the files by their names.</summary>
    private static byte[] SettingsFor(string scriptId, string? parentId, IEnumerable<string> order)
    {
        var settings = new Dictionary<string, object> { ["scriptId"] = scriptId, ["rootDir"] = "" };
        if (parentId is not null) settings["parentId"] = parentId;
        settings["scriptExtensions"] = new[] { ".gs", ".js" };
        settings["htmlExtensions"] = new[] { ".html" };
        settings["jsonExtensions"] = new[] { ".json" };
        settings["filePushOrder"] = order;
        settings["skipSubdirectories"] = false;
        return [.. JsonSerializer.SerializeToUtf8Bytes(settings, Json), (byte)'\n'];
    }
}
