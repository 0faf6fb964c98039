namespace JadaSnapshot;

/// <summary>One thing of the estate: a bucket, a function, a distribution, a hosted zone, a table.</summary>
public sealed record Resource
{
    /// <summary>The layer that it belongs to: <c>s3</c>, <c>lambda</c>, <c>cloudfront</c>, <c>route53</c>, <c>dynamodb</c>, …</summary>
    public required string Layer { get; init; }

    /// <summary>What it is within its layer, in the service's own term: <c>bucket</c>, <c>function</c>, <c>layer-version</c>, …</summary>
    public required string Kind { get; init; }

    /// <summary>The name that people know it by.</summary>
    public required string Name { get; init; }

    /// <summary>Further names by which people know it: the other aliases of a distribution, and its own domain name.</summary>
    public IReadOnlyList<string> OtherNames { get; init; } = [];

    /// <summary>The service's identifier, where that is not the name (a distribution's or a zone's id); else the name.</summary>
    public required string Id { get; init; }

    /// <summary>The Amazon Resource Name, where the service has one.</summary>
    public string? Arn { get; init; }

    /// <summary>The region that it lives in; <c>aws-global</c> for services without regions, <c>google</c> for what Google keeps.</summary>
    public required string Region { get; init; }

    /// <summary>When it was created (UTC), where the listing says so.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was last changed (UTC), where the listing says so.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>One line about it, made from the listing: aliases of a distribution, runtime of a function, number of records.</summary>
    public string? Description { get; init; }

    /// <summary>A key that is unique in an estate and the same in every run: <c>layer/kind/region/id</c>.</summary>
    public string Key => $"{Layer}/{Kind}/{Region}/{Id}";

    /// <inheritdoc/>
    public override string ToString() => $"{Layer} {Kind} {Name}";
}
