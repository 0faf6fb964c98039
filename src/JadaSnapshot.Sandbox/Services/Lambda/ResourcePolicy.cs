using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lambda;

/// <summary>Who may use a function or a layer's version: statements in the order in which they came.</summary>
internal sealed class ResourcePolicy
{
    private readonly List<JsonObject> _statements = [];

    public string RevisionId { get; private set; } = "";

    public bool IsEmpty => _statements.Count == 0;

    public void Add(JsonObject statement, string? expectedRevision, SandboxWorld world)
    {
        Expect(expectedRevision);
        var id = statement.Need("Sid");
        if (_statements.Any(known => known.Text("Sid") == id))
            throw LambdaErrors.Conflict($"The statement id ({id}) provided already exists. Please provide a new statement id, or remove the existing statement.");
        _statements.Add(statement);
        RevisionId = world.NewGuid();
    }

    public void Remove(string statementId, string? expectedRevision, SandboxWorld world)
    {
        Expect(expectedRevision);
        if (_statements.RemoveAll(statement => statement.Text("Sid") == statementId) == 0)
            throw LambdaErrors.NotFound($"Statement {statementId} is not found in resource policy.");
        RevisionId = world.NewGuid();
    }

    public JsonObject Render() => new()
    {
        ["Policy"] = JsonAnswer.Text(new JsonObject { ["Version"] = "2012-10-17", ["Id"] = "default", ["Statement"] = JsonAnswer.List(_statements) }),
        [nameof(RevisionId)] = RevisionId,
    };

    private void Expect(string? revision)
    {
        if (revision is not null && revision != RevisionId) throw LambdaErrors.StaleRevision();
    }
}
