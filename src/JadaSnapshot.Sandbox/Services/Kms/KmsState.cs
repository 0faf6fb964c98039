using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Kms;

internal sealed class KmsState(SandboxWorld world)
{
    private readonly Regional<KmsRegion> _regions = new();

    public SandboxWorld World { get; } = world;

    public KmsRegion In(string region) => _regions.In(region);

    public string ArnOf(string region, string resource) => $"arn:aws:kms:{region}:{World.Account}:{resource}";

    /// <summary>The key that an id, an ARN, an alias or an alias's ARN names.</summary>
    /// <exception cref="SandboxException">There is none.</exception>
    public Key Key(string region, string name)
    {
        var found = In(region);
        if (name[(name.LastIndexOf(':') + 1)..] is var last && last.StartsWith("alias/", StringComparison.Ordinal))
            return found.Aliases.TryGetValue(last, out var alias) && (name == last || name == alias.Arn)
                ? alias.Target
                : throw NotFound($"Alias {(name == last ? ArnOf(region, last) : name)} is not found.");
        return found.Keys.Values.FirstOrDefault(key => key.Id == name || key.Arn == name)
            ?? throw NotFound(name.StartsWith("arn:", StringComparison.Ordinal) ? $"Key '{name}' does not exist" : $"Key '{ArnOf(region, "key/" + name)}' does not exist");
    }

    public static SandboxException NotFound(string message) => new(400, "NotFoundException", message);

    public static SandboxException Invalid(string message) => new(400, "ValidationException", message);
}

internal sealed class KmsRegion
{
    public SortedDictionary<string, Key> Keys { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Alias> Aliases { get; } = new(StringComparer.Ordinal);
}

internal sealed record Alias(string Name, string Arn, Key Target, DateTimeOffset Created);

internal sealed class Key(string id, string arn, string account, string description, DateTimeOffset created)
{
    // A test's key needs to be the same for the same seed, not secret: its id comes from the seed.
    private readonly byte[] _material = SHA256.HashData(Encoding.UTF8.GetBytes($"material of {arn}"));

    public string Id => id;

    public string Arn => arn;

    /// <summary>The AES-256-GCM that stands behind the key.</summary>
    public AesGcm OpenCipher() => new(_material, AesGcm.TagByteSizes.MaxSize);

    public JsonObject Describe() => new()
    {
        ["AWSAccountId"] = account,
        ["KeyId"] = id,
        [nameof(Arn)] = arn,
        ["CreationDate"] = created.Epoch(),
        ["Enabled"] = true,
        ["Description"] = description,
        ["KeyUsage"] = "ENCRYPT_DECRYPT",
        ["KeyState"] = "Enabled",
        ["Origin"] = "AWS_KMS",
        ["KeyManager"] = "CUSTOMER",
        ["CustomerMasterKeySpec"] = "SYMMETRIC_DEFAULT",
        ["KeySpec"] = "SYMMETRIC_DEFAULT",
        ["EncryptionAlgorithms"] = new JsonArray("SYMMETRIC_DEFAULT"),
        ["MultiRegion"] = false,
    };
}
