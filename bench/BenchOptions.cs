using System.Globalization;
using JadaSnapshot.Bench.Contenders;
using JadaSnapshot.Bench.Scenarios;

namespace JadaSnapshot.Bench;

/// <summary>What is to be measured, and how often.</summary>
internal sealed record BenchOptions
{
    public IReadOnlyList<string> Scenarios { get; init; } = [];

    public int Runs { get; init; } = 3;

    public IReadOnlyList<Contender> Contenders { get; init; } = AllContenders.Here;

    public bool Budgets { get; init; } = true;

    /// <summary>Where copies go: memory where there is such a folder, so that no disk is measured.</summary>
    public string Scratch { get; init; } = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    public string Results { get; init; } = Path.Combine("bench", "RESULTS.md");

    public static BenchOptions Parse(string[] args)
    {
        var options = new BenchOptions();
        for (var i = 0; i < args.Length; i++)
            options = args[i] switch
            {
                "--runs" => options with { Runs = int.TryParse(Value(args, ref i), NumberStyles.None, CultureInfo.InvariantCulture, out var runs) && runs > 0 ? runs : throw new FormatException("--runs needs a number.") },
                "--only" => options with { Contenders = Chosen(Value(args, ref i)) },
                "--scratch" => options with { Scratch = Value(args, ref i) },
                "--results" => options with { Results = Value(args, ref i) },
                var name when AllScenarios.All.ContainsKey(name) => options with { Scenarios = [.. options.Scenarios, name] },
                var unknown => throw new FormatException($"There is no '{unknown}'. There are: {string.Join(", ", AllScenarios.All.Keys)}, --runs N, --only \"ours,s5cmd cp\", --scratch FOLDER, --results FILE."),
            };
        return options.Scenarios.Count > 0 ? options : options with { Scenarios = [.. AllScenarios.All.Keys] };
    }

    private static string Value(string[] args, ref int i) => ++i < args.Length ? args[i] : throw new FormatException($"{args[i - 1]} needs a value.");

    private static Contender[] Chosen(string names) =>
        [.. names.Split(',', StringSplitOptions.TrimEntries).Select(name => AllContenders.Here.FirstOrDefault(contender => contender.Name == name) ?? throw new FormatException($"'{name}' is not here."))];
}
