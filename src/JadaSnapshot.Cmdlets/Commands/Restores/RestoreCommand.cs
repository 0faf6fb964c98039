using System.Collections;
using System.Management.Automation;
using System.Net;
using System.Security;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>A cmdlet that plans a restore: which snapshot, where to, and where values come from that the snapshot does not say.</summary>
public abstract class RestoreCommand : JadaConnectedCommand
{
    private readonly Dictionary<string, AwsConnection> _connections = new(StringComparer.Ordinal);

    /// <summary>The store that holds snapshots: a folder, or <c>s3://bucket/prefix</c>; that of the estate file where none is given, else the current folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Store { get; set; }

    /// <summary>Another region than the snapshot's first, for what lies there; or a hashtable of regions and what stands for them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object? TargetRegion { get; set; }

    /// <summary>The endpoint to restore to, as <c>-EndpointUrl</c>: that of a rehearsal.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TargetEndpointUrl { get; set; }

    /// <summary>Other names: a text that is put before every name that may be chosen, or a hashtable of names and what stands for them. References are rewritten.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object? Rename { get; set; }

    /// <summary>Values of secrets that are neither sealed nor live: a hashtable by the variable's or the header's name, or by resource/name. Texts or SecureStrings.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? EnvironmentValue { get; set; }

    /// <summary>Certificates with the private key that open what was sealed, as objects or as files, besides those of your own certificate store.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[]? Certificate { get; set; }

    /// <summary>Puts the snapshot's items into tables that have items too, over those with the same keys.</summary>
    [Parameter]
    public SwitchParameter OverwriteData { get; set; }

    /// <summary>Deletes what is there and the snapshot does not have, of what is restored.</summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    /// <summary>How many resources <c>-Prune</c> may delete, and how many objects of a bucket; where there are more, none is deleted.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaxDelete { get; set; } = 10;

    /// <summary>How many seconds something is waited for that a service does in its own time: a role that is not known yet, a certificate that is being validated.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int Timeout { get; set; } = 300;

    /// <summary>How many objects are in transfer at once.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 32;

    /// <summary>What is asked of the layers.</summary>
    private protected virtual LayerOptions LayerOptions => new()
    {
        ThrottleLimit = ThrottleLimit,
        DistributionDetail = DistributionDetail.Configuration,
        LocalRoots = EstateFile?.LocalRoots ?? [],
        ScriptProjects = EstateFile?.ScriptProjects ?? new Dictionary<string, string>(),
        // A rehearsal changes nothing of Google's either.
        Google = new() { EndpointUrl = TargetEndpointUrl },
    };

    /// <summary>Says where local roots come back to, by their names; null for where they were.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="pipeline">The pipeline.</param>
    private protected virtual Task<Func<string, string?>> LocalPathsAsync(SnapshotFiles snapshot, PipelineWriter pipeline) => Task.FromResult<Func<string, string?>>(_ => null);

    /// <summary>Says what else is to be known of where it is restored to.</summary>
    /// <param name="target">What all restores say.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="cancel">Ends it.</param>
    private protected virtual Task<RestoreTarget> CompleteAsync(RestoreTarget target, PipelineWriter pipeline, CancellationToken cancel) => Task.FromResult(target);

    /// <summary>Finds the snapshot, plans what has one of the names, has the plan used, and says which names the snapshot does not have.</summary>
    /// <param name="given">What was given as the snapshot.</param>
    /// <param name="names">The names that were given.</param>
    /// <param name="selection">What of the snapshot is meant.</param>
    /// <param name="useAsync">What is done with the plan.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="cancel">Ends it.</param>
    private protected async Task PlanAsync(string given, NamePatterns names, RestoreSelection selection, Func<RestoreRun, IReadOnlyList<RestoreStep>, Task> useAsync, PipelineWriter pipeline, CancellationToken cancel)
    {
        using var files = await OpenSnapshotAsync(given, Store, pipeline, cancel);
        var (run, steps) = await PlanAsync(files, selection, pipeline, cancel);
        using (run) await useAsync(run, steps);
        names.ReportUnmatched(pipeline, name => SnapshotFinder.NotInSnapshot(name, files.Snapshot));
    }

    /// <summary>Looks at what is there, and makes the steps.</summary>
    private protected async Task<(RestoreRun Run, IReadOnlyList<RestoreStep> Steps)> PlanAsync(SnapshotFiles files, RestoreSelection selection, PipelineWriter pipeline, CancellationToken cancel)
    {
        var run = await RestoreRun.OpenAsync(files, await CompleteAsync(await TargetAsync(files, pipeline), pipeline, cancel), selection, OnProblem, cancel);
        try
        {
            var plan = run.PlanAsync(OnProblem, cancel);
            await new CaptureProgress("what is there", pipeline, "Looking at").FollowAsync(run.Progress, plan);
            return (run, await plan);
        }
        catch
        {
            run.Dispose();
            throw;
        }

        void OnProblem(Problem problem) => pipeline.Error(problem.ToErrorRecord());
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            foreach (var connection in _connections.Values) connection.Dispose();
        base.Dispose(disposing);
    }

    private async Task<RestoreTarget> TargetAsync(SnapshotFiles files, PipelineWriter pipeline)
    {
        var snapshot = files.Snapshot;
        var regions = Regions(snapshot);
        var key = string.Join(',', snapshot.Regions);
        if (!_connections.TryGetValue(key, out var connection))
            _connections[key] = connection = Connect(EstateFile, [.. snapshot.Regions.Select(region => regions.GetValueOrDefault(region, region))], TargetEndpointUrl);
        return new()
        {
            Connection = connection,
            Endpoint = TargetEndpointUrl ?? EndpointUrl ?? "",
            IsElsewhere = TargetEndpointUrl is not null,
            LocalPathOf = await LocalPathsAsync(files, pipeline),
            Options = LayerOptions,
            Regions = regions,
            Names = Rename is null or PSObject { BaseObject: string } or string ? new Dictionary<string, string>() : Texts(Rename, nameof(Rename)),
            NamePrefix = (Rename as PSObject)?.BaseObject as string ?? Rename as string ?? "",
            SecretValues = EnvironmentValue is null ? new Dictionary<string, string>() : Texts(EnvironmentValue, nameof(EnvironmentValue)),
            Keys = await pipeline.AskAsync(cmdlet => PrivateKeys.Read(Certificate, cmdlet)),
            Prune = Prune,
            MaxDelete = MaxDelete,
            OverwriteContent = OverwriteData,
            Patience = TimeSpan.FromSeconds(Timeout),
        };
    }

    private Dictionary<string, string> Regions(Snapshot snapshot) => TargetRegion switch
    {
        null => [],
        string region => new(StringComparer.Ordinal) { [snapshot.Regions[0]] = region },
        PSObject { BaseObject: string region } => new(StringComparer.Ordinal) { [snapshot.Regions[0]] = region },
        var map => Texts(map, nameof(TargetRegion)),
    };

    private static Dictionary<string, string> Texts(object given, string parameter)
    {
        if ((given as PSObject)?.BaseObject is not IDictionary map && (map = (given as IDictionary)!) is null)
            throw new UsageException("ParameterInvalid", $"-{parameter} is neither a text nor a hashtable.", "Give something like @{ 'old' = 'new' }.");
        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in map)
            texts[entry.Key.ToString()!] = (entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value) switch
            {
                SecureString secure => new NetworkCredential("", secure).Password,
                { } value => value.ToString()!,
                _ => throw new UsageException("ParameterInvalid", $"-{parameter} says nothing for '{entry.Key}'.", "Give a text for each name."),
            };
        return texts;
    }
}
