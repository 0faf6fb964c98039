using System.Management.Automation;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace JadaSnapshot.Loading;

/// <summary>Answers for the engine, and for nothing else, while the module is imported.</summary>
public sealed class ModuleLoader : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private const string EngineName = "JadaSnapshot.Engine";

    // One for the process: after Import-Module -Force the cmdlets must meet the same engine types again.
    private static readonly Lazy<EngineLoadContext> Engine = new(() => new(EnginePath()));

    /// <summary>Called by PowerShell before it looks at the cmdlets.</summary>
    public void OnImport()
    {
        AssemblyLoadContext.Default.Resolving -= Resolve;
        AssemblyLoadContext.Default.Resolving += Resolve;
    }

    /// <summary>Called by PowerShell when the module is removed.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo) => AssemblyLoadContext.Default.Resolving -= Resolve;

    private static string EnginePath()
    {
        var folder = Path.Combine(Path.GetDirectoryName(typeof(ModuleLoader).Assembly.Location)!, "Dependencies");
        // Compiled ahead of time, where that was done for this platform.
        var compiled = Path.Combine(folder, RuntimeInformation.RuntimeIdentifier, EngineName + ".dll");
        return File.Exists(compiled) ? compiled : Path.Combine(folder, EngineName + ".dll");
    }

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == EngineName ? Engine.Value.LoadFromAssemblyName(name) : null;
}
