namespace JadaSnapshot.Engine.Capture;

/// <summary>Finds what layers add to the engine: every class of this assembly that implements a contract, or derives from it.</summary>
internal static class Implementations
{
    /// <summary>The classes.</summary>
    public static IEnumerable<Type> TypesOf<T>() => typeof(T).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(T)));

    /// <summary>One of each; they can be made without arguments.</summary>
    public static IEnumerable<T> Of<T>() => TypesOf<T>().Select(type => (T)Activator.CreateInstance(type)!);
}
