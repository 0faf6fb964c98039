namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>Something below a local root that cannot be captured.</summary>
/// <param name="code">The problem's code.</param>
/// <param name="message">What is wrong.</param>
/// <param name="innerException">What led to it.</param>
internal sealed class LocalFileException(string code, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public string Code { get; } = code;
}
