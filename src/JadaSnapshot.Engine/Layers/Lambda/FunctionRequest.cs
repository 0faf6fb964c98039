using System.Text.Json;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>
/// Derives from what Lambda says of a function or a version the requests that make it so
/// (<see href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html"/>). Members that are new to us go back as they came.
/// </summary>
internal static class FunctionRequest
{
    // What Lambda says of its own accord.
    private static readonly HashSet<string> Answered =
    [
        "FunctionArn", "CodeSize", "CodeSha256", "ConfigSha256", "LastModified", "Version", "RevisionId", "State", "StateReason", "StateReasonCode", "LastUpdateStatus",
        "LastUpdateStatusReason", "LastUpdateStatusReasonCode", "RuntimeVersionConfig", "MasterArn", "SigningProfileVersionArn", "SigningJobArn",
    ];

    // What only a new function is told, or its code.
    private static readonly HashSet<string> OfNew = ["FunctionName", "PackageType", "Architectures", "TenancyConfig"];

    // What has to be said to be nothing, since what is not said stays as it is.
    private static readonly (string Name, string Nothing)[] Emptied =
    [
        ("Description", "\"\""), ("Environment", """{"Variables":{}}"""), ("Layers", "[]"), ("DeadLetterConfig", """{"TargetArn":""}"""), ("KMSKeyArn", "\"\""),
        ("FileSystemConfigs", "[]"), ("VpcConfig", """{"SubnetIds":[],"SecurityGroupIds":[]}"""),
    ];

    /// <summary>Writes all that a new function is told but its code.</summary>
    public static void WriteNew(Utf8JsonWriter json, JsonElement configuration) => Write(json, configuration, _ => true);

    /// <summary>Writes the whole configuration of a function that is there.</summary>
    /// <param name="json">The request.</param>
    /// <param name="configuration">The configuration that it is to have.</param>
    /// <param name="has">Whether it has a member now that then is to have nothing.</param>
    /// <param name="withDescription">Whether it is to have the description too.</param>
    public static void WriteChanged(Utf8JsonWriter json, JsonElement configuration, Func<string, bool> has, bool withDescription)
    {
        Write(json, configuration, name => !OfNew.Contains(name) && (withDescription || name != "Description"));
        foreach (var (name, nothing) in Emptied)
        {
            if (!has(name) || configuration.Member(name).ValueKind != JsonValueKind.Undefined || (name == "Description" && !withDescription)) continue;
            json.WritePropertyName(name);
            json.WriteRawValue(nothing);
        }
    }

    /// <summary>Whether two configurations are the same, whatever the order in which they are told.</summary>
    public static bool AreAlike(JsonElement one, JsonElement other, bool withDescription) => JsonElement.DeepEquals(Changed(one, withDescription), Changed(other, withDescription));

    private static JsonElement Changed(JsonElement configuration, bool withDescription) => JsonElement.Parse(JsonText.Object(json => WriteChanged(json, configuration, _ => true, withDescription)));

    private static void Write(Utf8JsonWriter json, JsonElement configuration, Func<string, bool> isAsked)
    {
        foreach (var member in configuration.EnumerateObject())
        {
            if (Answered.Contains(member.Name) || !isAsked(member.Name)) continue;
            switch (member.Name)
            {
                case "Layers":
                    json.WriteStartArray("Layers");
                    foreach (var layer in member.Value.EnumerateArray()) json.WriteStringValue(layer.Text("Arn"));
                    json.WriteEndArray();
                    break;
                case "VpcConfig": WriteWithout(json, "VpcConfig", member.Value, "VpcId"); break;
                case "SnapStart": WriteWithout(json, "SnapStart", member.Value, "OptimizationStatus"); break;
                case "Environment": WriteWithout(json, "Environment", member.Value, "Error"); break;
                case "ImageConfigResponse": json.WriteVerbatim("ImageConfig", member.Value.Member("ImageConfig")); break;
                default: json.WriteVerbatim(member.Name, member.Value); break;
            }
        }
    }

    private static void WriteWithout(Utf8JsonWriter json, string name, JsonElement value, string left)
    {
        json.WriteStartObject(name);
        foreach (var member in value.EnumerateObject())
            if (member.Name != left) json.WriteVerbatim(member.Name, member.Value);
        json.WriteEndObject();
    }
}
