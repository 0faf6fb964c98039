using JadaSnapshot.Sandbox.Estate.Content;

namespace JadaSnapshot.Sandbox.Estate.S3;

/// <summary>A bucket to make: its configuration documents by sub-resource, and what is put into it, in order.</summary>
internal sealed record BucketPlan(string Name, string Purpose, string Region = EstateNames.West)
{
    public List<BucketSetting> Settings { get; } = [];

    public List<ObjectPlan> Objects { get; } = [];

    /// <summary>Objects put after versioning has been suspended.</summary>
    public List<ObjectPlan> AfterSuspension { get; } = [];

    public BucketPlan Set(string subResource, string document, string? id = null)
    {
        Settings.Add(new(subResource, document, id));
        return this;
    }

    public BucketPlan Put(params IEnumerable<ObjectPlan> objects)
    {
        Objects.AddRange(objects);
        return this;
    }

    public BucketPlan PutSuspended(params IEnumerable<ObjectPlan> objects)
    {
        AfterSuspension.AddRange(objects);
        return this;
    }
}

internal sealed record BucketSetting(string SubResource, string Document, string? Id);
