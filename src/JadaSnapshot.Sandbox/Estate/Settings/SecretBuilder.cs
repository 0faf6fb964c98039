using System.Text;
using System.Text.Json.Nodes;

namespace JadaSnapshot.Sandbox.Estate.Settings;

/// <summary>Makes the secrets of Secrets Manager and the parameters of the parameter store.</summary>
internal static class SecretBuilder
{
    public static async Task BuildAsync(EstateScript script)
    {
        script.Clock.Set(700);
        foreach (var secret in EstateSecrets.Stored)
        {
            script.Clock.Pass(TimeSpan.FromDays(3));
            var value = secret.Value(script.Secret(secret.Name));
            var body = new JsonObject
            {
                ["Name"] = secret.Name,
                ["Description"] = $"What {secret.Name} needs",
                ["Tags"] = new JsonArray(new JsonObject { ["Key"] = "owner", ["Value"] = "crew" }),
                [secret.IsBinary ? "SecretBinary" : "SecretString"] = secret.IsBinary ? Convert.ToBase64String(Encoding.UTF8.GetBytes(value)) : value,
            };
            await script.RpcAsync("secretsmanager", "secretsmanager.CreateSecret", secret.Region, body);
        }
        foreach (var parameter in EstateSecrets.SecureParameters)
            await PutAsync(script, parameter.Region, parameter.Name, "SecureString", parameter.Value(script.Secret(parameter.Name)));
        foreach (var (name, type, value) in ParameterCatalogue.Plain)
            await PutAsync(script, EstateNames.West, name, type, value);
    }

    private static async Task PutAsync(EstateScript script, string region, string name, string type, string value)
    {
        script.Clock.Pass(TimeSpan.FromHours(7));
        await script.RpcAsync("ssm", "AmazonSSM.PutParameter", region, new()
        {
            ["Name"] = name,
            ["Type"] = type,
            ["Value"] = value,
            ["Description"] = "Kept by the crew",
            ["Tags"] = new JsonArray(new JsonObject { ["Key"] = "owner", ["Value"] = "crew" }),
        });
    }
}
