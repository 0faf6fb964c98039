using System.Security.Cryptography;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Kms;

internal sealed class CryptographicOperations(KmsState state)
{
    private const string Algorithm = "SYMMETRIC_DEFAULT";
    private const int LongestPlaintext = 4096;
    private const int LongestDataKey = 1024;

    public void AddTo(OperationTable operations)
    {
        operations.Add("Encrypt", Encrypt);
        operations.Add("Decrypt", Decrypt);
        operations.Add("GenerateDataKey", GenerateDataKey);
    }

    private SandboxResponse Encrypt(Call call)
    {
        var key = state.Key(call.Region, call.Json.Need("KeyId"));
        var plaintext = call.Json.Bytes("Plaintext") ?? throw JsonBody.MissingMember("plaintext");
        if (plaintext.Length is 0 or > LongestPlaintext) throw KmsState.Invalid(Constraint.Failed("java.nio.HeapByteBuffer", "plaintext", $"Member must have length between 1 and {LongestPlaintext}"));
        CheckAlgorithm(call.Json);
        return Json11Service.Reply(new JsonObject
        {
            ["CiphertextBlob"] = Convert.ToBase64String(Ciphertext.Seal(key, plaintext, Context(call.Json))),
            ["KeyId"] = key.Arn,
            ["EncryptionAlgorithm"] = Algorithm,
        });
    }

    private SandboxResponse Decrypt(Call call)
    {
        var blob = call.Json.Bytes("CiphertextBlob") ?? throw JsonBody.MissingMember("ciphertextBlob");
        CheckAlgorithm(call.Json);
        if (!state.In(call.Region).Keys.TryGetValue(Ciphertext.KeyId(blob), out var key)) throw Ciphertext.Invalid();
        if (call.Json.Text("KeyId") is { } named && state.Key(call.Region, named) != key)
            throw new SandboxException(400, "IncorrectKeyException", "The key ID in the request does not identify a CMK that can perform this operation.");
        return Json11Service.Reply(new JsonObject
        {
            ["KeyId"] = key.Arn,
            ["Plaintext"] = Convert.ToBase64String(Ciphertext.Open(key, blob, Context(call.Json))),
            ["EncryptionAlgorithm"] = Algorithm,
        });
    }

    private SandboxResponse GenerateDataKey(Call call)
    {
        var key = state.Key(call.Region, call.Json.Need("KeyId"));
        var (spec, length) = (call.Json.Text("KeySpec"), call.Json.Number("NumberOfBytes"));
        if (spec is null == length is null) throw KmsState.Invalid("Please specify either number of bytes or key spec.");
        if (length is < 1 or > LongestDataKey) throw KmsState.Invalid(Constraint.Failed($"{length}", "numberOfBytes", $"Member must have value between 1 and {LongestDataKey}"));
        length ??= spec switch
        {
            "AES_256" => 32,
            "AES_128" => 16,
            _ => throw KmsState.Invalid(Constraint.NotInSet(spec!, "keySpec", ["AES_256", "AES_128"])),
        };
        var plaintext = RandomNumberGenerator.GetBytes((int)length);
        return Json11Service.Reply(new JsonObject
        {
            ["CiphertextBlob"] = Convert.ToBase64String(Ciphertext.Seal(key, plaintext, Context(call.Json))),
            ["Plaintext"] = Convert.ToBase64String(plaintext),
            ["KeyId"] = key.Arn,
        });
    }

    private static void CheckAlgorithm(JsonObject asked)
    {
        if ((asked.Text("EncryptionAlgorithm") ?? Algorithm) != Algorithm)
            throw new SandboxException(400, "InvalidKeyUsageException", $"The algorithm {asked.Text("EncryptionAlgorithm")} is incompatible with the key spec {Algorithm}.");
    }

    private static Dictionary<string, string> Context(JsonObject asked) =>
        asked.Part("EncryptionContext") is { } context ? context.ToDictionary(pair => pair.Key, pair => context.Need(pair.Key), StringComparer.Ordinal) : [];
}
