namespace JadaSnapshot;

/// <summary>A library that a script project uses (<see href="https://developers.google.com/apps-script/manifest/dependencies#library"/>).</summary>
public sealed record ScriptLibrary
{
    /// <summary>What the project's code calls it.</summary>
    public required string UserSymbol { get; init; }

    /// <summary>The script id of the library.</summary>
    public required string LibraryId { get; init; }

    /// <summary>The version of the library that is used.</summary>
    public string? Version { get; init; }

    /// <summary>Whether the library's files as they are now are used instead of a version.</summary>
    public bool IsInDevelopment { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{UserSymbol} {Version}";
}
