using JadaSnapshot.Engine.Batch;
using JadaSnapshot.Errors;

namespace JadaSnapshot.Commands;

/// <summary>Makes orders for jobs of S3 Batch Operations of what was given.</summary>
internal static class BatchOrders
{
    /// <summary>The order of a job that copies one place to another.</summary>
    /// <param name="role">The role that was given.</param>
    /// <param name="source">Where the objects come from.</param>
    /// <param name="destination">Where they go.</param>
    /// <param name="advice">What to do where no job can copy so.</param>
    /// <param name="with">What else was given.</param>
    /// <exception cref="UsageException">No role was given, or no job can copy so.</exception>
    public static BatchOrder Of(string? role, BucketPlace source, BucketPlace destination, string advice, Func<BatchOrder, BatchOrder>? with = null)
    {
        if (role is null) throw new UsageException("NoBatchRole", "S3 Batch Operations needs a role by which it may read and write.", "Name it: -BatchRole arn:aws:iam::123456789012:role/batch-copy. docs/scale.md says what it has to be allowed.");
        BatchOrder order = new() { RoleArn = role };
        if (with is not null) order = with(order);
        return order.WhyNot(source, destination) is { } why ? throw new UsageException("NotForBatch", why, advice) : order;
    }
}
