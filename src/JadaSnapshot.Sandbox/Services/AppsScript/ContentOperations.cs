using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.AppsScript;

internal sealed partial class ContentOperations(ScriptState state)
{
    private const string Content = $"{AppsScriptService.Projects}/{{scriptId}}/content";

    public void AddTo(OperationTable operations)
    {
        operations.Add("projects.getContent", $"GET {Content}", Get);
        operations.Add("projects.updateContent", $"PUT {Content}", Update);
    }

    private SandboxResponse Get(Call call)
    {
        var project = state.Project(call);
        if (call.Query("versionNumber") is not { Length: > 0 } text) return Answer(project, project.Files);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) throw GoogleErrors.Invalid($"Invalid value at 'version_number' (TYPE_INT32), \"{text}\"");
        return Answer(project, VersionOperations.Find(project, number).Files);
    }

    private SandboxResponse Update(Call call)
    {
        var project = state.Project(call);
        var now = state.World.Now;
        List<ScriptFile> files = [.. call.Json.Parts("files").Select(file => Read(file, project, now))];
        if (files.Count(file => file.IsManifest) != 1) throw GoogleErrors.Invalid("A script project must have exactly one manifest file (appsscript).");
        if (files.DistinctBy(file => (file.Name, file.Type)).Count() != files.Count) throw GoogleErrors.Invalid("File names must be unique within a project.");
        (project.Files, project.Updated) = (files, now);
        return Answer(project, files);
    }

    private static ScriptFile Read(JsonObject asked, ScriptProject project, DateTimeOffset now)
    {
        var name = asked.Text("name") is { Length: > 0 } given ? given : throw GoogleErrors.Invalid("A file has no name.");
        var type = asked.Text("type") is { } known && ScriptFile.Types.Contains(known) ? known : throw GoogleErrors.Invalid($"Invalid value at 'files.type', \"{asked.Text("type")}\"");
        var source = asked.Text("source") ?? "";
        if (type == ScriptFile.Manifest) CheckManifest(name, source);
        var earlier = project.Files.FirstOrDefault(file => file.Name == name && file.Type == type);
        return earlier?.Source == source ? earlier : new(name, type, source, earlier?.Created ?? now, now);
    }

    private static void CheckManifest(string name, string source)
    {
        if (name != ScriptFile.ManifestName) throw GoogleErrors.Invalid("The only JSON file of a project is its manifest, appsscript.");
        try
        {
            using var _ = JsonDocument.Parse(source);
        }
        catch (JsonException)
        {
            throw GoogleErrors.Invalid("\"appsscript.json\" has errors: Invalid JSON content.");
        }
    }

    private static SandboxResponse Answer(ScriptProject project, IReadOnlyList<ScriptFile> files) => GoogleAnswer.Of(new JsonObject
    {
        ["scriptId"] = project.ScriptId,
        ["files"] = new JsonArray([.. files.Select(Render)]),
    });

    private static JsonObject Render(ScriptFile file)
    {
        var body = new JsonObject
        {
            ["name"] = file.Name,
            ["type"] = file.Type,
            ["source"] = file.Source,
            ["lastModifyUser"] = new JsonObject { ["email"] = ScriptState.UserEmail },
            ["createTime"] = file.Created.IsoMilliseconds(),
            ["updateTime"] = file.Updated.IsoMilliseconds(),
        };
        if (file.Type == ScriptFile.Script)
            body["functionSet"] = new JsonObject { ["values"] = new JsonArray([.. FunctionName().Matches(file.Source).Select(match => new JsonObject { ["name"] = match.Groups[1].Value })]) };
        return body;
    }

    [GeneratedRegex(@"^function\s+(\w+)", RegexOptions.Multiline)]
    private static partial Regex FunctionName();
}
