using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Protocols;

/// <summary>Answers one operation.</summary>
internal delegate ValueTask<SandboxResponse> Handler(Call call, CancellationToken cancel);

/// <summary>The operations of one service: their names, their routes where the protocol has any, and who answers them.</summary>
internal sealed class OperationTable(Lock gate)
{
    private readonly Dictionary<string, Handler> _handlers = new(StringComparer.Ordinal);
    private readonly List<Route> _routes = [];

    public OperationTable() : this(new Lock())
    {
    }

    /// <summary>Held while a plain handler runs, so that each operation sees and leaves whole state.</summary>
    public Lock Gate => gate;

    /// <summary>All operations with their routes, for those who check them against the service's model.</summary>
    public IEnumerable<(string Operation, string Route)> Routes => _routes.Select(r => (r.Operation, r.Template));

    public IReadOnlyCollection<string> Names => _handlers.Keys;

    public void Add(string operation, Func<Call, SandboxResponse> handler) =>
        _handlers.Add(operation, (call, _) =>
        {
            lock (Gate) return ValueTask.FromResult(handler(call));
        });

    public void Add(string operation, string route, Func<Call, SandboxResponse> handler)
    {
        _routes.Add(new Route(operation, route));
        Add(operation, handler);
    }

    /// <summary>For handlers that wait for another service; they take <see cref="Gate"/> themselves.</summary>
    public void Add(string operation, string route, Handler handler)
    {
        _routes.Add(new Route(operation, route));
        Add(operation, handler);
    }

    /// <summary>The same for an operation without a route.</summary>
    public void Add(string operation, Handler handler) => _handlers.Add(operation, handler);

    public bool Knows(string operation) => _handlers.ContainsKey(operation);

    public Handler Handler(string operation) => _handlers[operation];

    /// <summary>The operation that a method, path and query stand for, and the labels of the path.</summary>
    public (string Operation, IReadOnlyDictionary<string, string> Labels)? Match(SandboxRequest request)
    {
        var segments = Route.Split(request.RawPath);
        Route? best = null;
        foreach (var route in _routes)
            if (route.Fits(request, segments) && (best is null || route.Conditions > best.Conditions))
                best = route;
        return best is null ? null : (best.Operation, best.Labels(segments));
    }
}
