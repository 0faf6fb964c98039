using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using JadaSnapshot.Bench.Contenders;

namespace JadaSnapshot.Bench.Reporting;

/// <summary>Where the results were got.</summary>
internal static class BenchEnvironment
{
    public static async Task<string> DescribeAsync(CancellationToken cancel)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9;
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors ({Processor()}), {memory:n0} GB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}. ")
            .Append("Server and contender share the processors; traffic is plain HTTP over loopback.\n\n");
        foreach (var group in AllContenders.All.GroupBy(contender => contender.Program))
            text.Append(CultureInfo.InvariantCulture, $"- {string.Join(", ", group.Select(contender => contender.Name))}: {(group.First().IsHere ? await group.First().VersionAsync(cancel) : "not on the PATH, left out")}\n");
        return text.ToString();
    }

    /// <summary>How many processes wanted a processor in the last minute; more than there are processors, and others were at work.</summary>
    public static string Load() => OperatingSystem.IsLinux() ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Processor()
    {
        if (!OperatingSystem.IsLinux()) return RuntimeInformation.ProcessArchitecture.ToString();
        var line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
