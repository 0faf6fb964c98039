namespace JadaSnapshot.Engine.Report;

/// <summary>Something that requests pass through or end in: a distribution, an API, a bucket, a function, a host.</summary>
/// <param name="Kind">What it is, in a word.</param>
/// <param name="Name">What it is called.</param>
internal sealed record RouteStop(string Kind, string Name)
{
    /// <summary>More of it, in a few words.</summary>
    public string? Detail { get; init; }

    /// <summary>The folder of its documents in the snapshot; null where there are none.</summary>
    public string? Folder { get; init; }

    /// <summary>Words about its state that are worth seeing: <c>staging</c>, <c>disabled</c>.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    /// <summary>What is wrong with it, in words; null where nothing is.</summary>
    public string? Fault { get; init; }

    /// <summary>Where requests go from here.</summary>
    public IReadOnlyList<RouteStop> Next { get; init; } = [];

    /// <summary>Everything that is wrong from here on.</summary>
    public IEnumerable<RouteFault> Faults => (Fault is null ? [] : new[] { new RouteFault($"{Kind} {Name}", Fault) }).Concat(Next.SelectMany(next => next.Faults));
}

/// <summary>Something that is wrong on the map.</summary>
/// <param name="Subject">With what.</param>
/// <param name="Words">What, in words that follow the subject.</param>
internal sealed record RouteFault(string Subject, string Words);

/// <summary>A name that people type, and what is wrong with it.</summary>
internal sealed record RouteName(string Name, string? Fault = null);

/// <summary>The names that lead to one place, and that place.</summary>
internal sealed record Route(IReadOnlyList<RouteName> Names, RouteStop Stop)
{
    /// <summary>Everything that is wrong with it.</summary>
    public IEnumerable<RouteFault> Faults => Names.Where(name => name.Fault is not null).Select(name => new RouteFault(name.Name, name.Fault!)).Concat(Stop.Faults);
}

/// <summary>The routes below a zone, or of those things that have none.</summary>
/// <param name="Title">The zone's name, or what the routes have in common.</param>
/// <param name="Detail">More of it.</param>
/// <param name="Routes">The routes.</param>
internal sealed record RouteGroup(string Title, string Detail, IReadOnlyList<Route> Routes)
{
    /// <summary>Whether it is a zone.</summary>
    public bool IsZone { get; init; }

    /// <summary>The folder of its documents in the snapshot; null where there are none.</summary>
    public string? Folder { get; init; }
}
