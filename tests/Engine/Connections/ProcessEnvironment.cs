using System.Collections;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Connections;

/// <summary>The environment belongs to the whole process: tests that change it run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessEnvironment
{
    public const string Name = "process environment";
}

/// <summary>An environment with nothing of AWS in it but what a test puts there, and a home of its own.</summary>
public sealed class CleanEnvironment : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    public CleanEnvironment()
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            if (((string)variable.Key).StartsWith("AWS_", StringComparison.Ordinal)) this[(string)variable.Key] = null;
        Home = Directory.CreateTempSubdirectory("jada-home-").FullName;
        Directory.CreateDirectory(Path.Combine(Home, ".aws"));
        this["HOME"] = Home;
        this["AWS_EC2_METADATA_DISABLED"] = "true";
    }

    public string Home { get; }

    public string? this[string variable]
    {
        set
        {
            _before.TryAdd(variable, Environment.GetEnvironmentVariable(variable));
            Environment.SetEnvironmentVariable(variable, value);
        }
    }

    /// <summary>Writes a file under the home, <c>.aws/config</c> or another, and returns where it is.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Home, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        foreach (var (variable, value) in _before) Environment.SetEnvironmentVariable(variable, value);
        Directory.Delete(Home, recursive: true);
    }
}
