using System.Collections.Concurrent;
using JadaSnapshot.Sandbox.Hosting.Access;

namespace JadaSnapshot.Sandbox.Hosting;

/// <summary>A key pair that the sandbox accepts.</summary>
public sealed record SandboxCredential
{
    /// <summary>The access key id.</summary>
    public required string AccessKey { get; init; }

    /// <summary>The secret.</summary>
    public required string SecretKey { get; init; }

    /// <summary>The token that must come with temporary credentials; null for lasting ones.</summary>
    public string? SessionToken { get; init; }

    /// <summary>When temporary credentials end; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Whose they are, as GetCallerIdentity says it.</summary>
    public required string Arn { get; init; }

    /// <summary>The unique id of whose they are.</summary>
    public required string UserId { get; init; }

    /// <summary>What they allow; null for everything.</summary>
    public AccessPolicy? Policy { get; init; }

    /// <summary>Never the secret.</summary>
    public override string ToString() => $"{AccessKey} ({Arn})";
}

/// <summary>The key pairs that a sandbox accepts.</summary>
public sealed class CredentialStore
{
    private readonly ConcurrentDictionary<string, SandboxCredential> _credentials = new(StringComparer.Ordinal);

    /// <summary>Accepts a pair from now on.</summary>
    public void Add(SandboxCredential credential) => _credentials[credential.AccessKey] = credential;

    /// <summary>The pair of an access key id, or null.</summary>
    public SandboxCredential? Find(string accessKey) => _credentials.GetValueOrDefault(accessKey);
}
