using JadaSnapshot.Sandbox.Estate.Content;

namespace JadaSnapshot.Sandbox.Estate.Functions;

internal enum CodeSource { Inline, Bucket }

/// <summary>A function to make.</summary>
internal sealed record FunctionPlan(string Name, string Runtime, string Purpose, CodeSource Source = CodeSource.Inline, string Region = EstateNames.West)
{
    public bool IsPython => Runtime.StartsWith("python", StringComparison.Ordinal);

    public string Handler => IsPython ? "handler.main" : "index.handler";

    public int Memory { get; init; } = 128;

    public int Timeout { get; init; } = 10;

    /// <summary>Layer versions by name and number.</summary>
    public IReadOnlyList<(string Name, int Version)> Layers { get; init; } = [];

    public IReadOnlyList<(string Name, string Value)> Settings { get; init; } = [];

    /// <summary>How many versions are published; the last of them is what the alias <c>live</c> means.</summary>
    public int Published { get; init; }

    /// <summary>Who may invoke it, beside its owner: a service, and the ARN it speaks for.</summary>
    public IReadOnlyList<(string Service, string Source)> Invokers { get; init; } = [];

    public string SourceKey => $"functions/{Name}/{Name}.zip";

    public string RoleName => $"{Name}-role";

    public byte[] Zip(int edition = 1) => CodeArchive.Of(FunctionSource.Of(this, edition));
}
