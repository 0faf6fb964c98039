using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.Iam;

internal sealed class IamState(SandboxWorld world)
{
    public SandboxWorld World { get; } = world;

    public SortedDictionary<string, Role> Roles { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The account's own policies and AWS's, by ARN.</summary>
    public SortedDictionary<string, ManagedPolicy> Policies { get; } = AwsManagedPolicies.Load();

    /// <exception cref="SandboxException">There is no such role.</exception>
    public Role Role(string name) =>
        Roles.GetValueOrDefault(name) ?? throw IamErrors.NoSuchEntity($"The role with name {name} cannot be found.");

    /// <exception cref="SandboxException">There is no such role, or a service made it for itself.</exception>
    public Role ChangeableRole(string name) => Role(name) is var role && !role.Path.StartsWith(ServiceLinkedRoleOperations.Path, StringComparison.Ordinal)
        ? role
        : throw new SandboxException(400, "UnmodifiableEntity", $"Cannot perform the operation on the protected role '{role.Name}' - this role is only modifiable by AWS");

    /// <exception cref="SandboxException">There is no such policy.</exception>
    public ManagedPolicy Policy(string arn) =>
        Policies.GetValueOrDefault(arn) ?? throw IamErrors.NoSuchEntity($"Policy {arn} does not exist or is not attachable.");

    /// <summary>The account's own policy that an ARN names; AWS's cannot be changed.</summary>
    /// <exception cref="SandboxException">There is no such policy, or it is AWS's.</exception>
    public ManagedPolicy OwnPolicy(string arn) =>
        Policy(arn) is { OfAws: false } policy ? policy : throw new SandboxException(403, "AccessDenied", $"The policy {arn} is managed by AWS and cannot be changed.");

    public int Boundaries(string policyArn) => Roles.Values.Count(role => role.PermissionsBoundary == policyArn);

    public int Attachments(string policyArn) => Roles.Values.Count(role => role.Attached.Contains(policyArn));
}

internal sealed class Role
{
    public required string Name { get; init; }
    public required string Path { get; init; }
    public required string Id { get; init; }
    public required string Arn { get; init; }
    public required DateTimeOffset Created { get; init; }

    /// <summary>When services can assume it.</summary>
    public required DateTimeOffset Settled { get; init; }
    public required string TrustPolicy { get; set; }
    public string? Description { get; set; }
    public int MaxSessionDuration { get; set; } = 3600;
    public string? PermissionsBoundary { get; set; }
    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, string> Inline { get; } = new(StringComparer.Ordinal);
    public SortedSet<string> Attached { get; } = new(StringComparer.Ordinal);
}

internal sealed class ManagedPolicy
{
    public required string Name { get; init; }
    public required string Path { get; init; }
    public required string Id { get; init; }
    public required string Arn { get; init; }
    public required DateTimeOffset Created { get; init; }
    public DateTimeOffset Updated { get; set; }
    public string? Description { get; init; }
    public int DefaultVersion { get; set; } = 1;
    public int LastVersion { get; set; } = 1;
    public SortedDictionary<int, PolicyVersion> Versions { get; } = [];
    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public bool OfAws => Arn.StartsWith("arn:aws:iam::aws:", StringComparison.Ordinal);
}

internal sealed record PolicyVersion(int Number, string Document, DateTimeOffset Created);
