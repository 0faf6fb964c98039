using System.Globalization;
using System.Runtime.InteropServices;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using JadaSnapshot.Sandbox.Services.S3;

namespace JadaSnapshot.Sandbox;

/// <summary>The sandbox as a program of its own.</summary>
internal static class SandboxCommand
{
    private const string Help = """
        An AWS estate and its Apps Script projects on loopback.

        usage: dotnet run --project src/JadaSnapshot.Sandbox -- [options]

          --port N            listen on this port of 127.0.0.1 (default: any that is free)
          --latency 20ms      wait this long before each call is handled
          --seed N            the estate, its ids and the chances of faults follow from it (default 1)
          --empty             start without an estate
          --account N         the account number, of twelve digits; its key pair differs from that of other accounts
          --settling "…"      let new and changed things take their time, as in "roles=3s,functions=500ms"; tables, distributions, buckets, certificates and jobs can, too
          --no-budgets        grant any number of requests a second
          --fault "…"         let something go wrong, as in "service=s3,operation=GetObject,rate=0.2,kind=reset"; may be repeated
          --locked-bucket N   add an empty bucket with Object Lock; may be repeated
          --batch-role N      add a role that S3 Batch Operations may assume; may be repeated
          --synthetic "…"     add a bucket made by formula, as in "name=big,count=1000000,size=100"; may be repeated
          --help              show this

        Ctrl+C ends it. GET and DELETE /_sandbox/requests show and forget what was asked; POST and DELETE /_sandbox/faults add and end faults;
        POST /_sandbox/inventories with the name of a bucket delivers its reports of S3 Inventory.
        """;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        if (args is [.., "--help" or "-h"] || args.Contains("--help"))
        {
            await output.WriteLineAsync(Help);
            return 0;
        }
        SandboxOptions options;
        try
        {
            options = Parse(args);
        }
        catch (FormatException exception)
        {
            await errors.WriteLineAsync($"sandbox: {exception.Message} See --help.");
            return 2;
        }
        try
        {
            using var stop = new CancellationTokenSource();
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
            await using var host = await SandboxHost.StartAsync(options, stop.Token);
            await Banner.WriteAsync(host, output);
            await Task.Delay(Timeout.Infinite, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 0;
        }
        catch (IOException exception)
        {
            await errors.WriteLineAsync($"sandbox: {exception.Message}");
            return 1;
        }
    }

    internal static SandboxOptions Parse(string[] args)
    {
        var options = new SandboxOptions();
        for (var i = 0; i < args.Length; i++)
            options = args[i] switch
            {
                "--port" => options with { Port = Whole(args, ref i, 65_535) },
                "--latency" => options with { Latency = Duration.Parse(Value(args, ref i)) },
                "--seed" => options with { Seed = Whole(args, ref i, int.MaxValue) },
                "--empty" => options with { Estate = SandboxEstate.Empty },
                "--account" => options with { Account = AccountNumber(Value(args, ref i)) },
                "--settling" => options with { Settling = Settling.Parse(Value(args, ref i)) },
                "--no-budgets" => options with { Budgets = false },
                "--fault" => options with { Faults = [.. options.Faults, Fault.Parse(Value(args, ref i))] },
                "--batch-role" => options with { BatchRoles = [.. options.BatchRoles, Value(args, ref i)] },
                "--locked-bucket" => options with { LockedBuckets = [.. options.LockedBuckets, Value(args, ref i)] },
                "--synthetic" => options with { SyntheticBuckets = [.. options.SyntheticBuckets, SyntheticBucket.Parse(Value(args, ref i))] },
                var unknown => throw new FormatException($"There is no option '{unknown}'."),
            };
        return options;
    }

    private static string Value(string[] args, ref int i) =>
        ++i < args.Length ? args[i] : throw new FormatException($"{args[i - 1]} needs a value.");

    private static int Whole(string[] args, ref int i, int most)
    {
        var (option, value) = (args[i], Value(args, ref i));
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : throw new FormatException($"{option} needs a whole number from 0 to {most}, not '{value}'.");
    }

    private static string AccountNumber(string value) =>
        value.Length == 12 && value.All(char.IsAsciiDigit) ? value : throw new FormatException($"An account number has twelve digits, not '{value}'.");

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
