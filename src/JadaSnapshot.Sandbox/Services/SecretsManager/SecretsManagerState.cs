using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.SecretsManager;

internal sealed class SecretsManagerState(SandboxWorld world)
{
    private readonly Regional<SortedDictionary<string, Secret>> _regions = new();

    public SandboxWorld World { get; } = world;

    public SortedDictionary<string, Secret> In(string region)
    {
        var secrets = _regions.In(region);
        foreach (var gone in secrets.Values.Where(secret => secret.Deletion <= World.Now).ToList()) secrets.Remove(gone.Name);
        return secrets;
    }

    /// <summary>The secret that SecretId names: by name, ARN, or ARN without its last six letters.</summary>
    /// <exception cref="SandboxException">There is none.</exception>
    public Secret Secret(Call call)
    {
        var id = call.Json.Need("SecretId");
        return In(call.Region).Values.FirstOrDefault(secret => id == secret.Name || id == secret.Arn || id == secret.Arn[..^7])
            ?? throw new SandboxException(400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }

    /// <exception cref="SandboxException">There is none, or it is on its way out.</exception>
    public Secret LivingSecret(Call call) => Secret(call) is { Deletion: null } secret
        ? secret
        : throw BadRequest("You can't perform this operation on the secret because it was marked for deletion.");

    public static SandboxException BadRequest(string message) => new(400, "InvalidRequestException", message);

    public static SandboxException BadParameter(string message) => new(400, "InvalidParameterException", message);
}

internal sealed class Secret
{
    public required string Name { get; init; }
    public required string Arn { get; init; }
    public required DateTimeOffset Created { get; init; }
    public DateTimeOffset Changed { get; set; }
    public string? Description { get; set; }
    public string? KmsKeyId { get; set; }

    /// <summary>The value's version; null where the secret has no value yet.</summary>
    public string? Version { get; set; }
    public string? Text { get; set; }
    public string? Binary { get; set; }

    /// <summary>What changes its value, and when; null where nothing ever did.</summary>
    public string? RotationLambda { get; set; }
    public JsonObject? RotationRules { get; set; }
    public bool? Rotates { get; set; }

    /// <summary>When it will be gone; null for one that stays.</summary>
    public DateTimeOffset? Deletion { get; set; }
    public DateTimeOffset? DeletionAsked { get; set; }

    /// <summary>Who else may use it; null where nobody may.</summary>
    public string? Policy { get; set; }
    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>What a listing says of it. DescribeSecret calls the versions by another name.</summary>
    public JsonObject Describe(string versionsName)
    {
        var description = new JsonObject { ["ARN"] = Arn, [nameof(Name)] = Name }
            .With("Description", Description)
            .With("KmsKeyId", KmsKeyId)
            .With("RotationEnabled", Rotates)
            .With("RotationLambdaARN", RotationLambda)
            .With("RotationRules", RotationRules?.DeepClone())
            .With("LastChangedDate", Changed.Epoch())
            .With("DeletedDate", DeletionAsked?.Epoch())
            .With("Tags", Tags.Count > 0 ? Tags.ToJson() : null);
        if (Version is not null) description[versionsName] = new JsonObject { [Version] = new JsonArray("AWSCURRENT") };
        return description.With("CreatedDate", Created.Epoch());
    }
}
