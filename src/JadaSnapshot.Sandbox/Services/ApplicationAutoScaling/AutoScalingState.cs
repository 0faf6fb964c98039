using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.ApplicationAutoScaling;

internal sealed class AutoScalingState(SandboxWorld world)
{
    private readonly Regional<AutoScalingRegion> _regions = new();

    public SandboxWorld World { get; } = world;

    public AutoScalingRegion In(string region) => _regions.In(region);

    /// <exception cref="SandboxException">The target of a request is not registered.</exception>
    public ScalableTarget Registered(Call call, TargetId id) => In(call.Region).Targets.GetValueOrDefault(id.Key)
        ?? throw NotFound($"No scalable target registered for service namespace: {TargetId.Namespace}, resource ID: {id.Resource}, scalable dimension: {id.Dimension}");

    public static SandboxException NotFound(string message) => new(400, "ObjectNotFoundException", message);

    public static SandboxException Invalid(string message) => new(400, "ValidationException", message);

    /// <summary>A page of what belongs to the targets that a Describe call asks for.</summary>
    public static SandboxResponse Page<T>(Call call, int most, string list, IEnumerable<T> items, Func<T, TargetId> target, Func<T, string> key, Func<T, JsonObject> render, IReadOnlyCollection<string> resources)
    {
        TargetId.CheckNamespace(call.Json);
        var size = call.Json.Number("MaxResults") ?? most;
        if (size < 1 || size > most) throw Invalid($"Maximum results must be between 1 and {most}");
        var dimension = call.Json.Text("ScalableDimension");
        if (dimension is not null && resources.Count == 0) throw Invalid("If you specify a scalable dimension, you must also specify a resource ID.");
        var page = items
            .Where(item => (resources.Count == 0 || resources.Contains(target(item).Resource)) && (dimension ?? target(item).Dimension) == target(item).Dimension)
            .After(Marker.Open(call.Json.Text("NextToken"), "InvalidNextTokenException"), (int)size, item => $"{target(item).Key} {key(item)}");
        return Json11Service.Reply(new JsonObject { [list] = JsonAnswer.List(page.Items.Select(render)) }.With("NextToken", Marker.Seal(page.Marker)));
    }
}

internal sealed class AutoScalingRegion
{
    public SortedDictionary<string, ScalableTarget> Targets { get; } = new(StringComparer.Ordinal);
}

internal sealed class ScalableTarget
{
    public required TargetId Id { get; init; }

    /// <summary>What DescribeScalableTargets says.</summary>
    public required JsonObject Description { get; init; }
    public SortedDictionary<string, JsonObject> Policies { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, JsonObject> Actions { get; } = new(StringComparer.Ordinal);
}
