using JadaSnapshot.Engine.Layers.Secrets;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Engine.Tests.Recovery;

/// <summary>Makes secrets and a parameter in a sandbox.</summary>
internal static class SecretsWorld
{
    public const string Policy = """{"Version":"2012-10-17","Statement":[]}""";

    public static async Task MakeAsync(SandboxHost host)
    {
        await host.CallAsync(SecretsLayer.SecretsManager, JsonRequest.Of("CreateSecret", json =>
        {
            json.WriteString("Name", "prod/stripe");
            json.WriteString("Description", "What it needs");
            json.WriteString("SecretString", "sk_old");
            WriteTags(json, "owner");
        }));
        await SecretAsync(host, "PutResourcePolicy", ("SecretId", "prod/stripe"), ("ResourcePolicy", Policy));
        await SecretAsync(host, "CreateSecret", ("Name", "prod/rotated"), ("SecretString", "x"));
        await host.CallAsync(SecretsLayer.SecretsManager, JsonRequest.Of("RotateSecret", json =>
        {
            json.WriteString("SecretId", "prod/rotated");
            json.WriteString("RotationLambdaARN", FunctionOf(host));
            json.WriteStartObject("RotationRules");
            json.WriteNumber("AutomaticallyAfterDays", 30);
            json.WriteEndObject();
        }));
        await ParameterAsync(host, "PutParameter", json =>
        {
            json.WriteString("Name", "/jada/token");
            json.WriteString("Type", "SecureString");
            json.WriteString("Value", "old");
            json.WriteString("Description", "Kept by the crew");
            WriteTags(json, "owner");
        });
    }

    /// <summary>Changes something of each by hand.</summary>
    public static async Task ChangeAsync(SandboxHost host)
    {
        await SecretAsync(host, "UpdateSecret", ("SecretId", "prod/stripe"), ("Description", "Changed"), ("SecretString", "sk_new"));
        await SecretAsync(host, "DeleteResourcePolicy", ("SecretId", "prod/stripe"));
        await host.CallAsync(SecretsLayer.SecretsManager, JsonRequest.Of("UntagResource", json =>
        {
            json.WriteString("SecretId", "prod/stripe");
            json.WriteStartArray("TagKeys");
            json.WriteStringValue("owner");
            json.WriteEndArray();
        }));
        await ParameterAsync(host, "AddTagsToResource", json =>
        {
            json.WriteString("ResourceType", "Parameter");
            json.WriteString("ResourceId", "/jada/token");
            WriteTags(json, "extra");
        });
    }

    /// <summary>Changes the rest.</summary>
    public static async Task AddAsync(SandboxHost host)
    {
        await SecretAsync(host, "CancelRotateSecret", ("SecretId", "prod/rotated"));
        await SecretAsync(host, "PutResourcePolicy", ("SecretId", "prod/rotated"), ("ResourcePolicy", Policy));
        await host.CallAsync(SecretsLayer.SecretsManager, JsonRequest.Of("RotateSecret", json =>
        {
            json.WriteString("SecretId", "prod/stripe");
            json.WriteString("RotationLambdaARN", FunctionOf(host));
        }));
        await ParameterAsync(host, "RemoveTagsFromResource", json =>
        {
            json.WriteString("ResourceType", "Parameter");
            json.WriteString("ResourceId", "/jada/token");
            json.WriteStartArray("TagKeys");
            json.WriteStringValue("owner");
            json.WriteEndArray();
        });
    }

    /// <summary>Deletes what is made with a value.</summary>
    public static async Task DeleteAsync(SandboxHost host)
    {
        await host.CallAsync(SecretsLayer.SecretsManager, JsonRequest.Of("DeleteSecret", json =>
        {
            json.WriteString("SecretId", "prod/rotated");
            json.WriteBoolean("ForceDeleteWithoutRecovery", true);
        }));
        await ParameterAsync(host, "DeleteParameter", json => json.WriteString("Name", "/jada/token"));
    }

    private static string FunctionOf(SandboxHost host) => $"arn:aws:lambda:us-west-2:{host.Options.Account}:function:rotate";

    private static void WriteTags(System.Text.Json.Utf8JsonWriter json, string key)
    {
        json.WriteStartArray("Tags");
        json.WriteStartObject();
        json.WriteString("Key", key);
        json.WriteString("Value", "crew");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    public static Task<WireResponse> SecretAsync(SandboxHost host, string operation, params (string, string?)[] members) => host.CallAsync(SecretsLayer.SecretsManager, JsonRequest.Of(operation, members));

    public static Task<WireResponse> ParameterAsync(SandboxHost host, string operation, Action<System.Text.Json.Utf8JsonWriter> write, bool withDecryption = false) => host.CallAsync(SecretsLayer.Ssm, JsonRequest.Of(operation, json =>
    {
        write(json);
        if (withDecryption) json.WriteBoolean("WithDecryption", true);
    }));
}
