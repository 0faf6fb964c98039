namespace JadaSnapshot.Engine.Tests.Recovery;

/// <summary>Something that somebody changes by hand.</summary>
/// <param name="Document">The document of a snapshot that shows it.</param>
/// <param name="Call">What is asked of the service.</param>
/// <param name="MakeAsync">Makes it.</param>
internal sealed record ManualChange(string Document, string Call, Func<Task> MakeAsync);
