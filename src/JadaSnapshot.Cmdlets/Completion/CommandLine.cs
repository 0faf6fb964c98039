using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Estate;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Completion;

/// <summary>What has been typed already, and where that leads. The pipeline thread reads it; then any thread may look at it.</summary>
internal sealed class CommandLine
{
    private readonly CmdletInfo? _command;
    private readonly StoredConnection? _connection;
    private readonly string _folder;
    private readonly string? _store;
    private readonly string? _snapshot;
    private readonly string? _snapshotPath;
    private readonly Lazy<EstateFile?> _estate;

    private CommandLine(string commandName, CommandAst ast, IDictionary bound, SessionState session)
    {
        _command = session.InvokeCommand.GetCommand(commandName, CommandTypes.Cmdlet) as CmdletInfo;
        Parameters = new(_command, ast, bound, session);
        _folder = session.Path.CurrentFileSystemLocation.ProviderPath;
        _store = FullPath(Parameters.Text("Store"));
        _snapshot = Parameters.Value("Snapshot") is { } given ? SnapshotFinder.TextOf(given) : null;
        _snapshotPath = FullPath(_snapshot);
        ProfileLocation = FullPath(Parameters.Text("ProfileLocation"));
        var estate = FullPath(Parameters.Text("Estate"));
        _estate = new(() => (estate is null ? EstateDocument.Find(_folder) : EstateDocument.PathOf(estate)) is { } path ? EstateDocument.Read(path).Estate : null);
        _connection = ReadConnection(session);

        string? FullPath(string? path) => path is null || S3Place.IsMeant(path) ? path : session.ToFullPath(path);
    }

    public TypedParameters Parameters { get; }

    /// <summary>What the estate file declares; null where there is none.</summary>
    public EstateFile? Estate => _estate.Value;

    /// <summary>The store: a folder, or its address in S3.</summary>
    public string Store => _store ?? Estate?.Store ?? _folder;

    /// <summary>Whether names are those of a snapshot, and not of what there is now.</summary>
    public bool SpeaksOfSnapshot => Parameters.Knows("Snapshot");

    /// <summary>The snapshots of the store.</summary>
    public async Task<IReadOnlyList<Snapshot>> SnapshotsAsync(CancellationToken cancel)
    {
        if (!S3Place.IsMeant(Store)) return [.. SnapshotReader.List(Store)];
        using var connection = AwsConnection.Open(Connection!);
        return await RemoteStore.ListAsync(connection, Store, cancel).ToListAsync(cancel);
    }

    /// <summary>The resources of the snapshot that was typed, or of the newest one.</summary>
    public async Task<IReadOnlyCollection<Resource>> ResourcesAsync(CancellationToken cancel)
    {
        if (await SnapshotAsync(cancel) is not { } snapshot) return [];
        if (!S3Place.IsMeant(snapshot)) return SnapshotReader.ReadResources(snapshot);
        using var connection = AwsConnection.Open(Connection!);
        return await RemoteStore.ReadResourcesAsync(connection, snapshot, cancel);
    }

    /// <summary>The credentials file that was typed.</summary>
    public string? ProfileLocation { get; }

    /// <summary>What a connection is opened with; null where what was typed makes none.</summary>
    public ConnectionOptions? Connection => _connection?.For(Estate);

    /// <summary>Reads what was typed. Only the pipeline thread may ask.</summary>
    public static CommandLine Read(string commandName, CommandAst ast, IDictionary bound)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        var session = (EngineIntrinsics)shell.AddCommand("Get-Variable").AddParameter("Name", "ExecutionContext").AddParameter("ValueOnly").Invoke()[0].BaseObject;
        return new(commandName, ast, bound, session.SessionState);
    }

    /// <summary>Whether a parameter's value is a pattern.</summary>
    public bool TakesWildcards(string parameter) => _command?.ImplementingType.GetProperty(parameter)?.IsDefined(typeof(SupportsWildcardsAttribute), inherit: true) == true;

    private async Task<string?> SnapshotAsync(CancellationToken cancel)
    {
        if (_snapshot is { } typed && S3Place.IsMeant(typed)) return typed;
        var name = _snapshot ?? LatestSnapshot.Word;
        if (!S3Place.IsMeant(Store)) return SnapshotFinder.InStore(name, Store) ?? _snapshotPath;
        return name == LatestSnapshot.Word ? LatestSnapshot.Of(await SnapshotsAsync(cancel))?.Path : $"{S3Place.Parse(Store)}/{name}";
    }

    private StoredConnection? ReadConnection(SessionState session)
    {
        try
        {
            return new ConnectionSettings
            {
                ProfileName = Parameters.Text(nameof(ConnectionSettings.ProfileName)),
                ProfileLocation = Parameters.Text(nameof(ConnectionSettings.ProfileLocation)),
                AccessKey = Parameters.Text(nameof(ConnectionSettings.AccessKey)),
                SecretKey = Parameters.Text(nameof(ConnectionSettings.SecretKey)),
                SessionToken = Parameters.Text(nameof(ConnectionSettings.SessionToken)),
                Credential = Parameters.Value(nameof(ConnectionSettings.Credential)),
                Region = Parameters.Texts(nameof(ConnectionSettings.Region)),
                EndpointUrl = Parameters.Text(nameof(ConnectionSettings.EndpointUrl)),
            }.Read(session);
        }
        catch (UsageException)
        {
            return null;
        }
    }
}
