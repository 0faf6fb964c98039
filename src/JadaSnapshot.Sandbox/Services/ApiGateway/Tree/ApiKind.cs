using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

/// <summary>A kind of thing that is created, read, listed, changed and deleted in the same manner as every other.</summary>
/// <param name="Name">What operations call one: <c>Model</c>.</param>
/// <param name="Plural">What operations call all: <c>Models</c>.</param>
/// <param name="Path">Where all of them lie: <c>/restapis/{restapi_id}/models</c>.</param>
/// <param name="Label">The label of one below that: <c>model_name</c>.</param>
internal sealed record ApiKind(string Name, string Plural, string Path, string Label)
{
    /// <summary>What refusals call it.</summary>
    public required string Words { get; init; }

    /// <summary>The member of the document that holds the id.</summary>
    public string IdMember { get; init; } = "id";

    /// <summary>The length of an id that the service makes up; 0 where the request names it.</summary>
    public int IdLength { get; init; } = 6;

    /// <summary>The member of the request that is the id, where the service makes up none.</summary>
    public string NameMember { get => field ?? IdMember; init; }

    /// <summary>Members without which a request is refused.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>The operation that makes one; null where none does.</summary>
    public string? Creates { get; init; } = "Create" + Name;

    /// <summary>Whether there is an operation that changes one.</summary>
    public bool IsUpdated { get; init; } = true;

    /// <summary>The status with which a deletion is answered.</summary>
    public int DeletedStatus { get; init; } = 202;

    /// <summary>The status with which a creation is answered.</summary>
    public int CreatedStatus { get; init; } = 201;

    /// <summary>Adds what the service knows of a new one.</summary>
    public Action<ApiChange> Complete { get; init; } = static _ => { };

    /// <summary>Refuses a new or changed document.</summary>
    public Action<ApiChange> Check { get; init; } = static _ => { };

    /// <summary>What follows from one that has come to be.</summary>
    public Action<ApiChange> Created { get; init; } = static _ => { };

    /// <summary>What follows from any change: a creation, an update, a deletion.</summary>
    public Action<ApiChange> Changed { get; init; } = static _ => { };

    /// <summary>Refuses to delete what is in use.</summary>
    public Action<ApiChange> Deleting { get; init; } = static _ => { };

    /// <summary>The document as it is answered.</summary>
    public Func<Call, ApiNode, JsonObject> View { get; init; } = static (_, node) => node.Document.DeepClone().AsObject();

    /// <summary>The same in a listing.</summary>
    public Func<Call, ApiNode, JsonObject> Listed { get => field ?? View; init; }

    /// <summary>Answers the listing, where it is not paged as every other; null where it is.</summary>
    public Func<Call, SandboxResponse>? List { get; init; }

    public string One => $"{Path}/{{{Label}}}";
}

/// <summary>A creation, a change or a deletion.</summary>
/// <param name="Call">The request.</param>
/// <param name="Parent">The node above.</param>
/// <param name="Node">The node, before it is put among its siblings.</param>
internal sealed record ApiChange(Call Call, ApiNode Parent, ApiNode Node)
{
    public JsonObject Document => Node.Document;
}
