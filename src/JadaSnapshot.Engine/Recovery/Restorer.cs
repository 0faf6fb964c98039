using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>
/// Brings the resources of one layer back. A class under <c>Layers/</c> that derives from this and can be made without arguments is found by
/// itself (<see cref="RestorerCatalog"/>). It says how a resource is made, and how each of its documents is put; what has to be done,
/// in which order, and what references are called in the other place is decided by the plan.
/// </summary>
internal abstract class Restorer
{
    /// <summary>The layer's name.</summary>
    public abstract string Layer { get; }

    /// <summary>The kinds of resource that it brings back.</summary>
    public abstract IReadOnlyList<string> Kinds { get; }

    /// <summary>When a resource is made.</summary>
    public abstract RestorePhase Phase { get; }

    /// <summary>The documents that can be put, in the order in which they are.</summary>
    public abstract IReadOnlyList<RestorePart> Parts { get; }

    /// <summary>What comes back otherwise, or not at all.</summary>
    public virtual IReadOnlyList<Loss> Losses => [];

    /// <summary>The order within a phase: what others of the phase refer to has a lower one.</summary>
    public virtual int Rank(string kind) => 0;

    /// <summary>The order of a single resource within a phase, where it is not that of its kind: versions are counted as they are made.</summary>
    public virtual int Rank(Resource resource) => Rank(resource.Kind);

    /// <summary>Where the id of a resource comes from.</summary>
    public virtual Naming Naming(string kind) => Recovery.Naming.Chosen;

    /// <summary>The part of a resource's name that may be chosen: of a layer's version the layer's.</summary>
    public virtual string ChosenName(Resource resource) => resource.Name;

    /// <summary>Whether <see cref="Identity"/> looks into documents, which so have to be there of every live resource of the kind.</summary>
    public virtual bool IdentityIsInDocuments(string kind) => false;

    /// <summary>Whether its files are documents, which are compared one by one; else all that it has is content.</summary>
    public virtual bool HasDocuments(string kind) => true;

    /// <summary>What of a resource is compared, where its documents say the same in other words: the snapshot's, in the words of the other place, and the live one's.</summary>
    public virtual (SideResource Snapshot, SideResource Live) Compared(SideResource snapshot, SideResource live) => (snapshot, live);

    /// <summary>Whether it is brought back along with what refers to it, where it is missing: a function's role.</summary>
    public virtual bool IsPrerequisite(string kind) => false;

    /// <summary>What tells a resource from others of its kind in any account: its name where nothing else does. Null where nothing does.</summary>
    public virtual string? Identity(Resource resource, ResourceDocuments documents) => resource.Name;

    /// <summary>What else others call it by, besides id and ARN, always in the same order: its domain name.</summary>
    public virtual IReadOnlyList<string> OtherIdentifiers(Resource resource, ResourceDocuments documents) => [];

    /// <summary>
    /// The ids that a service gave to parts of a resource, each with that of the part which stands for it on the live side: of an API's path, of a
    /// route. They say nothing but which part is meant, and are others wherever it was made.
    /// </summary>
    public virtual IEnumerable<(string From, string To)> Counterparts(ResourceDocuments snapshot, ResourceDocuments live) => [];

    /// <summary>Writes what a document says otherwise than by ARNs, ids and names in the words of the other place, and its path: the numbers of versions. References are rewritten already.</summary>
    public virtual (string Document, byte[] Content) Translate(Resource resource, string document, byte[] content, ReferenceMap map) => (document, content);

    /// <summary>The operation by which the service lists a kind: where another of the layer fails, this one is known all the same. Null where that is not said.</summary>
    public virtual string? ListedBy(string kind) => null;

    /// <summary>What is to be known of how one that is not there is made; null for nothing.</summary>
    public virtual string? HowMade(RestoreWork work) => null;

    /// <summary>Why a resource cannot be brought back; null where it can.</summary>
    public virtual string? WhyNot(RestoreWork work) => null;

    /// <summary>Whether what <see cref="WhyNot"/> says is so with every snapshot, and no fault of this one.</summary>
    public virtual bool IsBeyondSnapshots(RestoreWork work) => false;

    /// <summary>Whether a resource of a kind is there before anybody makes it: an account's settings.</summary>
    public virtual bool IsAlwaysThere(string kind) => false;

    /// <summary>Why a difference cannot be mended by a change; null where it can.</summary>
    public virtual string? WhyFixed(string kind, string document, string path) => null;

    /// <summary>Makes the resource and says what it is called (<see cref="RestoreWork.Created"/>). Called again where an earlier call was cut off: it has to find what that one made.</summary>
    public abstract Task CreateAsync(RestoreWork work, CancellationToken cancel);

    /// <summary>Deletes a live resource. Only called where <see cref="CanDelete"/> says so.</summary>
    public virtual Task DeleteAsync(RestoreWork work, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Whether resources of a kind can be deleted.</summary>
    public virtual bool CanDelete(string kind) => false;

    /// <summary>When what is no document is brought back, and what it is called; null where there is nothing of that.</summary>
    public virtual (RestorePhase Phase, string Name)? Content(string kind) => null;

    /// <summary>Looks what is to be done for what is no document. Null where the snapshot has none of it.</summary>
    public virtual Task<ContentPlan?> PlanContentAsync(RestoreWork work, CancellationToken cancel) => Task.FromResult<ContentPlan?>(null);

    /// <summary>Brings back what is no document, and says how much it was.</summary>
    public virtual Task<long> RestoreContentAsync(RestoreWork work, CancellationToken cancel) => throw new NotSupportedException();
}

/// <summary>Where the id of a resource comes from.</summary>
internal enum Naming
{
    /// <summary>It is a name that may be chosen: another can be given in another place.</summary>
    Chosen,

    /// <summary>It is a name, and one of the world's: a domain, an address.</summary>
    Fixed,

    /// <summary>The service gives it when the resource is made.</summary>
    Given,
}

/// <summary>Finds the restorers: every class of this assembly that derives from <see cref="Restorer"/>.</summary>
internal static class RestorerCatalog
{
    private static readonly Dictionary<(string Layer, string Kind), Restorer> Known = Implementations.Of<Restorer>()
        .SelectMany(restorer => restorer.Kinds.Select(kind => (restorer, kind)))
        .ToDictionary(each => (each.restorer.Layer, each.kind), each => each.restorer);

    /// <summary>All of them, with the kinds that they bring back.</summary>
    public static IEnumerable<(Restorer Restorer, string Kind)> All => Known.Select(each => (each.Value, each.Key.Kind));

    /// <summary>The one of a kind; null where there is none.</summary>
    public static Restorer? Find(string layer, string kind) => Known.GetValueOrDefault((layer, kind));
}
