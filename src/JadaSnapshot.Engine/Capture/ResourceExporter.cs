using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Capture;

/// <summary>Exports live resources of one kind: the files that a snapshot has of them, below a folder.</summary>
public sealed class ResourceExporter(AwsConnection? connection, ResourceView view, LayerOptions options)
{
    private readonly ResourceSelection _selection = new(connection, options, view);

    /// <summary>How far it is.</summary>
    public LayerProgress Progress => _selection.Progress;

    /// <summary>Exports the resources that are wanted, each as soon as it is known.</summary>
    /// <param name="destination">The folder below which each has the same path as in a snapshot. It is made where it does not exist.</param>
    /// <param name="wanted">Which of the layer's resources are.</param>
    /// <param name="onProblem">Is told of what cannot be captured, from any thread; the rest goes on.</param>
    /// <param name="cancel">Ends it. What has not arrived in full leaves nothing.</param>
    /// <exception cref="StoreException">The destination refuses.</exception>
    /// <exception cref="Wire.ServiceException">The caller cannot be identified.</exception>
    public IAsyncEnumerable<ResourceExport> ExportAsync(string destination, Func<Resource, ValueTask<bool>> wanted, Action<Problem> onProblem, CancellationToken cancel)
    {
        var secrets = new ResourceSecrets(destination, options.Sealers);
        var shared = view.HasSharedParts ? new SharedParts() : null;
        return _selection.EachAsync(wanted, ExportAsync, onProblem, cancel, shared);

        async Task<ResourceExport?> ExportAsync(ILayer layer, Resource resource, CancellationToken token)
        {
            try
            {
                using var sink = new ExportSink([.. view.Folders(resource).Select(folder => new ExportFolder(destination, folder))], resource, secrets, shared, onProblem);
                try
                {
                    await layer.CaptureAsync(resource, sink, token);
                }
                catch (Exception exception) when (exception is not (OperationCanceledException or StoreException))
                {
                    sink.Report("", exception);
                }
                return sink.Finish();
            }
            catch (IOException exception) when (StoreException.IsDiskFull(exception))
            {
                throw StoreException.DiskFull(exception);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new StoreException(StoreFault.StoreNotWritable, $"{destination} cannot be written to: {(File.Exists(destination) ? "it is a file. Name a folder." : exception.Message)}", exception);
            }
        }
    }
}
