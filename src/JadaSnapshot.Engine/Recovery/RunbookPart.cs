using JadaSnapshot.Engine.Capture;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>The parts of a runbook in the order in which things go back: what others refer to goes first.</summary>
internal enum RunbookStage
{
    Roles,
    Tables,
    Secrets,
    Functions,
    Apis,
    Buckets,
    Certificates,
    Distributions,
    Zones,
    Invalidations,
    Scripts,
    Mail,
    Instances,
    LocalFiles,
}

/// <summary>
/// One part of a runbook: how a layer's resources come back. A class under <c>Layers/</c> that implements this and can be made without
/// arguments is found by itself. What holds for any snapshot is said in a Markdown file beside it.
/// </summary>
internal interface IRunbookPart
{
    /// <summary>The layer's name.</summary>
    string Layer { get; }

    /// <summary>Its place.</summary>
    RunbookStage Stage { get; }

    /// <summary>The file beside the layer's code that the part begins with.</summary>
    string Introduction => "Recovery.md";

    /// <summary>Whether it tells of a resource.</summary>
    bool IsAbout(Resource resource) => resource.Layer == Layer;

    /// <summary>Writes the steps for each resource.</summary>
    void Write(RunbookSource source, RunbookPage page);
}

/// <summary>Finds the parts.</summary>
internal static class RunbookParts
{
    public static IReadOnlyList<IRunbookPart> All { get; } = [.. Implementations.Of<IRunbookPart>().OrderBy(part => part.Stage)];

    /// <summary>The text that a part begins with.</summary>
    public static string Introduction(IRunbookPart part) => LayerCatalog.ReadText(part.Layer, part.Introduction) ?? throw new InvalidOperationException($"{part.Introduction} of {part.Layer} is missing.");
}
