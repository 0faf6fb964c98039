using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

/// <summary>The five operations of a kind.</summary>
internal sealed class ApiKindOperations(ApiTree tree, ApiDialect dialect, ApiKind kind)
{
    public void AddTo(OperationTable operations)
    {
        tree.Know(kind);
        if (kind.Creates is { } creates) operations.Add(creates, $"POST {kind.Path}", Create);
        operations.Add($"Get{kind.Name}", $"GET {kind.One}", call => JsonAnswer.Of(kind.View(call, tree.At(call, kind.One))));
        operations.Add($"Get{kind.Plural}", $"GET {kind.Path}", kind.List ?? List);
        if (kind.IsUpdated) operations.Add($"Update{kind.Name}", $"PATCH {kind.One}", Update);
        operations.Add($"Delete{kind.Name}", $"DELETE {kind.One}", Delete);
    }

    private SandboxResponse Create(Call call)
    {
        var (parent, collection) = tree.Above(call, kind.Path);
        foreach (var member in kind.Required)
            if (call.Json[member] is null) throw ApiErrors.Bad($"Invalid request input: {member} is required");
        var change = new ApiChange(call, parent, new ApiNode(call.Json.DeepClone().AsObject()));
        if (kind.IdLength > 0) change.Document[kind.IdMember] = tree.NewId(kind.IdLength);
        kind.Complete(change);
        kind.Check(change);
        var id = change.Document.Need(kind.IdLength > 0 ? kind.IdMember : kind.NameMember);
        if (!parent.Below(collection).TryAdd(id, change.Node)) throw ApiErrors.Conflict($"{kind.Words} already exists: {id}");
        kind.Created(change);
        kind.Changed(change);
        return JsonAnswer.Of(kind.View(call, change.Node), kind.CreatedStatus);
    }

    private SandboxResponse List(Call call)
    {
        var (parent, collection) = tree.Above(call, kind.Path);
        return dialect.Listing(call, parent.Below(collection), node => kind.Listed(call, node));
    }

    private SandboxResponse Update(Call call)
    {
        var node = tree.At(call, kind.One);
        var changed = node.Document.DeepClone().AsObject();
        dialect.Update(changed, call.Json);
        var change = new ApiChange(call, tree.Above(call, kind.Path).Parent, new ApiNode(changed));
        kind.Check(change);
        if (changed.ContainsKey("lastUpdatedDate")) changed["lastUpdatedDate"] = dialect.Time(tree.World.Now);
        node.Document = changed;
        kind.Changed(change);
        return JsonAnswer.Of(kind.View(call, node));
    }

    private SandboxResponse Delete(Call call)
    {
        var (parent, collection) = tree.Above(call, kind.Path);
        var change = new ApiChange(call, parent, tree.At(call, kind.One));
        kind.Deleting(change);
        parent.Below(collection).Remove(call.Label(kind.Label));
        kind.Changed(change);
        return JsonAnswer.Empty(kind.DeletedStatus);
    }
}
