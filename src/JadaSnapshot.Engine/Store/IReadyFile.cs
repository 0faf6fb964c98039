namespace JadaSnapshot.Engine.Store;

/// <summary>A file that is whole under a temporary name. Disposed before it is moved, it leaves nothing.</summary>
internal interface IReadyFile : IDisposable
{
    /// <summary>Gives it its name, over what was there.</summary>
    void MoveTo(string target);
}
