using System.Collections.Concurrent;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Layers.CloudFront;
using JadaSnapshot.Engine.Layers.Lightsail;
using JadaSnapshot.Engine.Layers.Route53;
using JadaSnapshot.Engine.Layers.S3;

namespace JadaSnapshot.Engine.Estate;

/// <summary>What is really there of that which an estate file speaks of. A list that could not be had is null: of it nothing can be said to be missing.</summary>
internal sealed record LiveEstate
{
    public required string Account { get; init; }

    public IReadOnlyList<string>? Buckets { get; init; }

    public IReadOnlyList<Distribution>? Distributions { get; init; }

    public IReadOnlyList<string>? Zones { get; init; }

    public IReadOnlyList<string>? Instances { get; init; }

    /// <summary>Lists it.</summary>
    /// <param name="connection">Who calls.</param>
    /// <param name="onProblem">Is told of what cannot be listed, from any thread.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="Wire.ServiceException">The caller cannot be identified.</exception>
    public static async Task<LiveEstate> ReadAsync(AwsConnection connection, Action<Problem> onProblem, CancellationToken cancel)
    {
        var account = (await connection.GetCallerIdentityAsync(cancel)).Account;
        var failed = new ConcurrentDictionary<string, bool>();
        var distributions = ReadDistributionsAsync();
        List<Resource> resources = [];
        var inventory = new EstateInventory(connection, new() { Kinds = [Route53Kinds.Zones.Name, LightsailKind.Instance] });
        await foreach (var resource in inventory.ListAsync([S3Layer.LayerName, Route53Layer.LayerName, LightsailLayer.LayerName], Note, cancel)) resources.Add(resource);
        return new()
        {
            Account = account,
            Distributions = await distributions is var found && Failed(CloudFrontLayer.LayerName) ? null : found,
            Buckets = Named(S3Layer.LayerName),
            Zones = Named(Route53Layer.LayerName),
            Instances = Named(LightsailLayer.LayerName),
        };

        async Task<List<Distribution>> ReadDistributionsAsync()
        {
            List<Distribution> read = [];
            await foreach (var distribution in new ResourceReader<Distribution>(connection, new DistributionView()).ReadAsync(_ => true, Note, cancel)) read.Add(distribution);
            return [.. read.OrderBy(distribution => distribution.ToString(), StringComparer.Ordinal).ThenBy(distribution => distribution.DistributionId, StringComparer.Ordinal)];
        }

        IReadOnlyList<string>? Named(string layer) =>
            Failed(layer) ? null : [.. resources.Where(resource => resource.Layer == layer).Select(resource => resource.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

        bool Failed(string layer) => failed.ContainsKey(layer);

        void Note(Problem problem)
        {
            failed[problem.Layer] = true;
            onProblem(problem);
        }
    }
}
