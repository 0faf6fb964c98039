using JadaSnapshot.Engine.Connections;

namespace JadaSnapshot.Engine.Capture;

/// <summary>Looks at live resources of one kind, each as a typed object.</summary>
/// <typeparam name="T">The record that the view makes.</typeparam>
public sealed class ResourceReader<T>(AwsConnection? connection, ResourceView<T> view, LayerOptions? options = null) where T : class
{
    /// <summary>The resources that are wanted, each as soon as it is known.</summary>
    /// <param name="wanted">Which of the layer's resources are.</param>
    /// <param name="onProblem">Is told of what cannot be read, from any thread; the rest goes on.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="Wire.ServiceException">The caller cannot be identified.</exception>
    public IAsyncEnumerable<T> ReadAsync(Func<Resource, bool> wanted, Action<Problem> onProblem, CancellationToken cancel)
    {
        return new ResourceSelection(connection, options ?? new(), view).EachAsync(resource => ValueTask.FromResult(wanted(resource)), ViewAsync, onProblem, cancel);

        async Task<T?> ViewAsync(ILayer layer, Resource resource, CancellationToken token)
        {
            var sink = new DocumentSink(
                view.Folder(resource), view.Reads, (operation, failure, item) => onProblem(Failure.ToProblem(failure, resource, operation, item)));
            await layer.CaptureAsync(resource, sink, token);
            return view.View(resource, sink.Documents);
        }
    }
}
