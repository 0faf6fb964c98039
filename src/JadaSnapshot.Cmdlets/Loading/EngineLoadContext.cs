using System.Reflection;
using System.Runtime.Loader;

namespace JadaSnapshot.Loading;

/// <summary>Holds the engine and its dependencies apart from those of other modules: AWS.Tools brings its own AWSSDK.Core.</summary>
internal sealed class EngineLoadContext(string enginePath) : AssemblyLoadContext("JadaSnapshot")
{
    private static readonly Assembly Model = typeof(Snapshot).Assembly;
    private readonly AssemblyDependencyResolver _resolver = new(enginePath);

    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name == Model.GetName().Name ? Model
        : _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path)
        : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
