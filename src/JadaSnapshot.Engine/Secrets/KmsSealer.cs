using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Secrets;

/// <summary>
/// Seals documents under a KMS key (<see href="https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html"/>): each with
/// AES-256-GCM under one data key, which only KMS can open again, for those whom the key's policy lets call <c>kms:Decrypt</c>.
/// </summary>
public sealed class KmsSealer : ISealer
{
    internal const string FileExtension = ".kms.json";

    private const string Algorithm = "AES-256-GCM";
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private static readonly AwsService Service = new()
    {
        ServiceId = "KMS",
        SigningName = "kms",
        EndpointPrefix = "kms",
        Protocol = WireProtocol.Json,
        TargetPrefix = "TrentService",
    };

    private readonly string _keyId;
    private readonly string _encryptedKey;
    private readonly byte[] _key;

    private KmsSealer(string keyId, string encryptedKey, byte[] key) => (_keyId, _encryptedKey, _key) = (keyId, encryptedKey, key);

    /// <inheritdoc/>
    public string Extension => FileExtension;

    /// <summary>Whether a text names a KMS key: an alias, or the ARN of a key or of an alias.</summary>
    public static bool IsKeyId(string text) =>
        text.StartsWith("alias/", StringComparison.Ordinal) || (text.StartsWith("arn:", StringComparison.Ordinal) && text.Split(':') is [_, _, "kms", _, _, _]);

    /// <summary>Gets a data key from KMS.</summary>
    /// <exception cref="ServiceException">KMS refuses.</exception>
    public static async Task<KmsSealer> CreateAsync(AwsConnection connection, string keyId, CancellationToken cancel)
    {
        var answer = (await SendAsync(connection, keyId, "GenerateDataKey", new() { ["KeyId"] = keyId, ["KeySpec"] = "AES_256" }, cancel)).Json();
        return new(answer.Text("KeyId") ?? keyId, answer.Text("CiphertextBlob")!, Convert.FromBase64String(answer.Text("Plaintext")!));
    }

    /// <inheritdoc/>
    public byte[] Seal(ReadOnlySpan<byte> document)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceLength);
        var (ciphertext, tag) = (new byte[document.Length], new byte[TagLength]);
        using var cipher = new AesGcm(_key, TagLength);
        cipher.Encrypt(nonce, document, ciphertext, tag);
        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["algorithm"] = Algorithm,
            ["keyId"] = _keyId,
            ["encryptedKey"] = _encryptedKey,
            ["nonce"] = Convert.ToBase64String(nonce),
            ["tag"] = Convert.ToBase64String(tag),
            ["ciphertext"] = Convert.ToBase64String(ciphertext),
        }.ToJsonString() + "\n");
    }

    /// <summary>Opens a sealed document.</summary>
    /// <exception cref="ServiceException">KMS refuses.</exception>
    /// <exception cref="CryptographicException">It was changed, or is no sealed document.</exception>
    public static async Task<byte[]> OpenAsync(AwsConnection connection, byte[] sealedDocument, CancellationToken cancel)
    {
        try
        {
            var message = JsonElement.Parse(sealedDocument);
            if (message.Text("algorithm") != Algorithm) throw new CryptographicException("This is not a document sealed under a KMS key.");
            var keyId = message.Text("keyId")!;
            var key = (await SendAsync(connection, keyId, "Decrypt", new() { ["KeyId"] = keyId, ["CiphertextBlob"] = message.Text("encryptedKey") }, cancel)).Json().Text("Plaintext")!;
            var ciphertext = Bytes("ciphertext");
            var document = new byte[ciphertext.Length];
            using var cipher = new AesGcm(Convert.FromBase64String(key), TagLength);
            cipher.Decrypt(Bytes("nonce"), ciphertext, Bytes("tag"), document);
            return document;

            byte[] Bytes(string member) => Convert.FromBase64String(message.Text(member) ?? "");
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException)
        {
            throw new CryptographicException("This is not a document sealed under a KMS key.", exception);
        }
    }

    private static Task<WireResponse> SendAsync(AwsConnection connection, string keyId, string operation, JsonObject body, CancellationToken cancel) =>
        connection.Wire(Service, keyId.Split(':') is ["arn", _, _, var region, ..] ? region : null)
            .SendAsync(new() { Operation = operation, Body = Encoding.UTF8.GetBytes(body.ToJsonString()) }, cancel);
}
