using System.Globalization;
using JadaSnapshot.Bench;
using JadaSnapshot.Bench.Children;
using JadaSnapshot.Bench.Reporting;
using JadaSnapshot.Bench.Scenarios;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};

try
{
    if (await ChildCommands.TryRunAsync(args, stop.Token)) return 0;
    var options = BenchOptions.Parse(args);
    foreach (var name in options.Scenarios)
    {
        Console.WriteLine($"{name}:");
        var section = await AllScenarios.All[name](options, stop.Token);
        await ResultsFile.WriteAsync(options.Results, name, section, $"dotnet run -c Release --project bench -- {string.Join(' ', args.Where(arg => !AllScenarios.All.ContainsKey(arg)).Prepend(name))}", stop.Token);
    }
    return 0;
}
catch (FormatException exception)
{
    await Console.Error.WriteLineAsync($"bench: {exception.Message}");
    return 2;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
