namespace JadaSnapshot.Bench.Measuring;

/// <summary>A program with its arguments and what is added to its environment.</summary>
internal sealed record Command(string Program, params string[] Arguments)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>This program itself, as a child.</summary>
    public static Command Self(params string[] arguments) => Dotnet("JadaSnapshot.Bench.dll", arguments);

    /// <summary>A program that lies beside this one.</summary>
    public static Command Dotnet(string assembly, params string[] arguments) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments]);

    public override string ToString() => string.Join(' ', [Program, .. Arguments]);
}
