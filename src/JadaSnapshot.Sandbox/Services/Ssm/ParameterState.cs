using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Ssm;

internal sealed class ParameterState(SandboxWorld world)
{
    private readonly Regional<SortedDictionary<string, Parameter>> _regions = new();

    public SandboxWorld World { get; } = world;

    public SortedDictionary<string, Parameter> In(string region) => _regions.In(region);

    /// <summary>The parameter of a name or ARN, or null.</summary>
    public Parameter? Find(string region, string nameOrArn) =>
        In(region).GetValueOrDefault(nameOrArn) ?? In(region).Values.FirstOrDefault(parameter => parameter.Arn == nameOrArn);

    public string ArnOf(string region, string name) => $"arn:aws:ssm:{region}:{World.Account}:parameter{(name.StartsWith('/') ? "" : "/")}{name}";

    public static SandboxException NotFound(string name) => new(400, "ParameterNotFound", $"Parameter {name} not found.");

    public static SandboxException Invalid(string message) => new(400, "ValidationException", message);
}

internal sealed class Parameter
{
    public const string Secure = "SecureString";

    public required string Name { get; init; }
    public required string Arn { get; init; }
    public required string Type { get; init; }
    public required string User { get; init; }
    public string DataType { get; init; } = "text";
    public string Tier { get; set; } = "Standard";
    public string? KeyId { get; set; }
    public string? Description { get; set; }
    public string? AllowedPattern { get; set; }
    public List<ParameterVersion> Versions { get; } = [];
    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public ParameterVersion Latest => Versions[^1];

    public JsonObject Describe() => new JsonObject { [nameof(Name)] = Name, ["ARN"] = Arn, [nameof(Type)] = Type }
        .With("KeyId", KeyId)
        .With("LastModifiedDate", Latest.Modified.Epoch())
        .With("LastModifiedUser", User)
        .With("Description", Description)
        .With("AllowedPattern", AllowedPattern)
        .With("Version", Latest.Number)
        .With("Tier", Tier)
        .With("Policies", new JsonArray())
        .With("DataType", DataType);

    public JsonObject Read(ParameterVersion version, bool decrypted, string? selector = null) => new JsonObject
    {
        [nameof(Name)] = Name,
        [nameof(Type)] = Type,
        ["Value"] = Type != Secure || decrypted ? version.Value : Sealed(version),
        ["Version"] = version.Number,
    }
        .With("Selector", selector)
        .With("LastModifiedDate", version.Modified.Epoch())
        .With("ARN", Arn)
        .With("DataType", DataType);

    /// <summary>Stands for what KMS made of the value, and says nothing of it.</summary>
    private string Sealed(ParameterVersion version) => Convert.ToBase64String(SHA512.HashData(Encoding.UTF8.GetBytes($"{Arn}:{version.Number}")));
}

internal sealed record ParameterVersion(int Number, string Value, DateTimeOffset Modified);
