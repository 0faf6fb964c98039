using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Ses;

/// <summary>A document of one resource.</summary>
/// <param name="File">The file that it is kept in.</param>
/// <param name="Operation">The operation that answers with it.</param>
internal sealed record MailDocument(string File, string Operation)
{
    /// <summary>The path, with a place for the resource's name; null for the first version of the API, which has none.</summary>
    public string? Path { get; init; }

    /// <summary>The parameter of the first version of the API that names the resource.</summary>
    public string? Parameter { get; init; }

    public AwsService Service => Path is null ? SesService.First : SesService.Second;

    public WireRequest About(string name) => Path is null
        ? new() { Operation = Operation, Parameters = Parameter is null ? [] : [new(Parameter, name)] }
        : WireRequest.Get(Operation, WirePath.Of(Path, name));
}

/// <summary>A listing of the second version of the API.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Path">The path.</param>
/// <param name="Items">The member that holds the items.</param>
/// <param name="Name">The member of an item that is its name; null where the item is the name.</param>
internal sealed record MailList(string Operation, string Path, string Items, string? Name)
{
    /// <summary>The largest page, where the service says how large one may be.</summary>
    public string? PageSize { get; init; }

    public WireRequest Page(string? token)
    {
        List<KeyValuePair<string, string>> parameters = [];
        if (PageSize is { } size) parameters.Add(new("PageSize", size));
        if (token is not null) parameters.Add(new("NextToken", token));
        return WireRequest.Get(Operation, Path, parameters);
    }
}
