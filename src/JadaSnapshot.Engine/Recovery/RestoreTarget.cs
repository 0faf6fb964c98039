using System.Security.Cryptography.X509Certificates;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Layers.DynamoDb;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>Where a snapshot is restored to, and how things are called there.</summary>
public sealed record RestoreTarget
{
    /// <summary>The account.</summary>
    public required AwsConnection Connection { get; init; }

    /// <summary>The account as it is told from others in the journal: its endpoint where it is not AWS's own.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>What is asked of the layers: Google's credentials, local roots, how many transfers at once.</summary>
    public LayerOptions Options { get; init; } = new();

    /// <summary>Regions that are others there.</summary>
    public IReadOnlyDictionary<string, string> Regions { get; init; } = new Dictionary<string, string>();

    /// <summary>Names that are others there, by the names in the snapshot.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    /// <summary>What is put before the names of all that have names that may be chosen.</summary>
    public string NamePrefix { get; init; } = "";

    /// <summary>Values of secrets by the name of the variable or header, or by <c>resource/name</c>.</summary>
    public IReadOnlyDictionary<string, string> SecretValues { get; init; } = new Dictionary<string, string>();

    /// <summary>Certificates that open what was sealed.</summary>
    public X509Certificate2Collection Keys { get; init; } = [];

    /// <summary>Whether what the snapshot does not have is deleted, of the layers that are restored.</summary>
    public bool Prune { get; init; }

    /// <summary>The most objects of a bucket that are deleted.</summary>
    public int MaxDelete { get; init; } = 10;

    /// <summary>Whether content is put back into what has content of its own already: items into a table that is not empty.</summary>
    public bool OverwriteContent { get; init; }

    /// <summary>Whether fingerprints stay where nobody knows the secret, as a rehearsal may have it; otherwise such a step cannot be taken.</summary>
    public bool KeepUnknownSecrets { get; init; }

    /// <summary>Where a local root comes back to, by its name in the snapshot; null for where it was.</summary>
    public Func<string, string?> LocalPathOf { get; init; } = _ => null;

    /// <summary>Whether it is another place than the usual, so that nothing of this machine is changed but where <see cref="LocalPathOf"/> says.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>Where the journal is kept; null for the store.</summary>
    public string? JournalFolder { get; init; }

    /// <summary>The export in S3 that a table which is not there is made from, with its items; null for the items of the snapshot.</summary>
    public TableExportSource? FromExport { get; init; }

    /// <summary>Is told of what is waited for and goes on by itself, again and again; from any thread.</summary>
    public Action<RestoreWait>? OnWait { get; init; }

    /// <summary>How long something is waited for that a service does in its own time.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>Something that a service does in its own time, and goes on with when it is no longer waited for.</summary>
/// <param name="What">What it is.</param>
/// <param name="Command">The command that shows how far it is.</param>
/// <param name="Done">How much of it is done.</param>
/// <param name="Total">How much there is.</param>
public sealed record RestoreWait(string What, string Command, long Done, long Total);

/// <summary>What of a snapshot is restored.</summary>
/// <param name="Layers">The layers; all where none is named.</param>
/// <param name="Wants">Whether a resource is wanted.</param>
public sealed record RestoreSelection(IReadOnlyList<string> Layers, Func<Resource, bool> Wants)
{
    /// <summary>As what a wanted resource is restored, where that is not what the snapshot says it is: an earlier version of it.</summary>
    internal Func<SideResource, SideResource>? As { get; init; }

    /// <summary>Everything.</summary>
    public static RestoreSelection All { get; } = new([], _ => true);
}
