using System.Text.Json;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Secrets;

/// <summary>
/// Puts back what describes secrets and parameters: tags, policies, rotation. Values are never captured; what is missing is made only with a value
/// that the caller gives under its name.
/// </summary>
internal sealed class SecretsRestorer : Restorer
{
    private static readonly string[] SecretMembers = ["Description", "KmsKeyId", "Tags"];
    private static readonly string[] ParameterMembers = ["Type", "KeyId", "Description", "AllowedPattern", "Tier", "DataType"];

    private const string Secret = "secret.json", Policy = "policy.json", Parameter = "parameter.json", ParameterTags = "tags.json";

    public override string Layer => SecretsLayer.LayerName;

    public override IReadOnlyList<string> Kinds => [SecretsLayer.SecretKind, SecretsLayer.ParameterKind];

    public override RestorePhase Phase => RestorePhase.Secrets;

    public override IReadOnlyList<RestorePart> Parts =>
    [
        new(Secret, PutSecretAsync),
        new(Policy, PutPolicyAsync) { RemoveAsync = (work, cancel) => SendAsync(work, "DeleteResourcePolicy", json => json.WriteString("SecretId", work.RequiredId), cancel) },
        new(Parameter, PutParameterAsync) { IsInCreate = true },
        new(ParameterTags, PutTagsAsync) { RemoveAsync = PutTagsAsync },
    ];

    public override IReadOnlyList<Loss> Losses =>
    [
        new(Secret, "VersionIdsToStages*", "names versions of the value, which is not captured"),
        new(Secret, "CreatedDate", "is the time at which it was made"),
        new(Secret, "LastChangedDate", "is the time at which it was changed"),
        new(Secret, "LastRotatedDate", "is the time at which its value was changed"),
        new(Secret, "NextRotationDate", "is the time at which its value will be changed"),
        new(Parameter, "LastModified*", "is who changed it last, and when"),
        new(Parameter, "Version", "is counted by the parameter store"),
    ];

    public override string? WhyNot(RestoreWork work) => Value(work) is not null ? null : work.Resource.Kind == SecretsLayer.SecretKind
        ? $"its value was never captured: give it under its name, -EnvironmentValue @{{ '{work.Resource.Name}' = … }}, or make it first: aws secretsmanager create-secret --name {work.Name} --secret-string …"
        : $"its value was never captured: give it under its name, -EnvironmentValue @{{ '{work.Resource.Name}' = … }}, or make it first: aws ssm put-parameter --name {work.Name} --type {work.Original.Json(Parameter).Text("Type")} --value …";

    public override bool IsBeyondSnapshots(RestoreWork work) => true;

    public override string? WhyFixed(string kind, string document, string path) => (document, path) switch
    {
        (Secret, "DeletedDate") => "a secret that is to be deleted is taken back by aws secretsmanager restore-secret",
        (Secret, "ReplicationStatus" or "PrimaryRegion" or "OwningService") => "what it says of other regions and services is not put back",
        (Parameter, _) => "a parameter is changed only with its value, which was never captured",
        _ => null,
    };

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        if (work.Resource.Kind == SecretsLayer.SecretKind) await CreateSecretAsync(work, cancel);
        else await CreateParameterAsync(work, cancel);
    }

    private static async Task CreateSecretAsync(RestoreWork work, CancellationToken cancel)
    {
        var secret = work.Documents.Json(Secret);
        JsonElement made;
        try
        {
            // The token makes a call that is repeated the same call.
            made = (await SendAsync(work, "CreateSecret", json =>
            {
                json.WriteString("Name", work.Name);
                json.WriteString("ClientRequestToken", work.Token);
                json.WriteString("SecretString", Value(work));
                foreach (var member in SecretMembers) json.WriteVerbatim(member, secret.Member(member));
            }, cancel)).Json();
        }
        catch (ServiceException exception) when (exception.Code == "ResourceExistsException")
        {
            made = (await SendAsync(work, "DescribeSecret", json => json.WriteString("SecretId", work.Name), cancel)).Json();
        }
        work.Created(work.Name, made.Text("ARN"));
    }

    private static async Task CreateParameterAsync(RestoreWork work, CancellationToken cancel)
    {
        var parameter = work.Documents.Json(Parameter);
        await SendAsync(work, "PutParameter", json =>
        {
            json.WriteString("Name", work.Name);
            json.WriteString("Value", Value(work));
            json.WriteBoolean("Overwrite", true);
            foreach (var member in ParameterMembers) json.WriteVerbatim(member, parameter.Member(member));
            if (parameter.Items("Policies").Select(policy => policy.Text("PolicyText")).OfType<string>().ToList() is { Count: > 0 } policies) json.WriteString("Policies", $"[{string.Join(',', policies)}]");
        }, cancel);
        work.Created(work.Name, parameter.Text("ARN") is { } arn ? work.Map.Of(arn) : null);
    }

    private static async Task PutSecretAsync(RestoreWork work, CancellationToken cancel)
    {
        var wanted = work.Documents.Json(Secret);
        var live = (await SendAsync(work, "DescribeSecret", json => json.WriteString("SecretId", work.RequiredId), cancel)).Json();
        if (wanted.Text("Description") != live.Text("Description") || wanted.Text("KmsKeyId") != live.Text("KmsKeyId"))
            await SendAsync(work, "UpdateSecret", json =>
            {
                json.WriteString("SecretId", work.RequiredId);
                json.WriteString("Description", wanted.Text("Description") ?? "");
                if (wanted.Text("KmsKeyId") is { } key) json.WriteString("KmsKeyId", key);
            }, cancel);
        await PutTagsAsync(work, wanted.Items("Tags"), live.Items("Tags"), "SecretId", "TagResource", "UntagResource", cancel);
        await PutRotationAsync(work, wanted, live, cancel);
    }

    // A rotation that begins at once would change the value.
    private static async Task PutRotationAsync(RestoreWork work, JsonElement wanted, JsonElement live, CancellationToken cancel)
    {
        var rotates = wanted.Flag("RotationEnabled") == true;
        var isSame = rotates == (live.Flag("RotationEnabled") == true) && wanted.Text("RotationLambdaARN") == live.Text("RotationLambdaARN") && wanted.Member("RotationRules").ToString() == live.Member("RotationRules").ToString();
        if (isSame) return;
        if (rotates)
            await SendAsync(work, "RotateSecret", json =>
            {
                json.WriteString("SecretId", work.RequiredId);
                json.WriteString("ClientRequestToken", work.Token);
                json.WriteVerbatim("RotationLambdaARN", wanted.Member("RotationLambdaARN"));
                json.WriteVerbatim("RotationRules", wanted.Member("RotationRules"));
                json.WriteBoolean("RotateImmediately", false);
            }, cancel);
        else await SendAsync(work, "CancelRotateSecret", json => json.WriteString("SecretId", work.RequiredId), cancel);
    }

    private static Task<WireResponse> PutPolicyAsync(RestoreWork work, CancellationToken cancel) => SendAsync(work, "PutResourcePolicy", json =>
    {
        json.WriteString("SecretId", work.RequiredId);
        json.WriteVerbatim("ResourcePolicy", work.Documents.Json(Policy).Member("ResourcePolicy"));
    }, cancel);

    private static Task PutParameterAsync(RestoreWork work, CancellationToken cancel) => Task.FromException(new NotSupportedException("A parameter is changed only with its value."));

    private static Task PutTagsAsync(RestoreWork work, CancellationToken cancel) =>
        PutTagsAsync(work, work.Documents.Json(ParameterTags).Items("TagList"), work.Live.Json(ParameterTags).Items("TagList"), "ResourceId", "AddTagsToResource", "RemoveTagsFromResource", cancel);

    private static async Task PutTagsAsync(RestoreWork work, IEnumerable<JsonElement> wanted, IEnumerable<JsonElement> live, string owner, string tag, string untag, CancellationToken cancel)
    {
        List<JsonElement> tags = [.. wanted], had = [.. live];
        var changed = tags.Where(each => !had.Any(other => other.Text("Key") == each.Text("Key") && other.Text("Value") == each.Text("Value"))).ToList();
        if (changed.Count > 0) await SendAsync(work, tag, json => WriteOwner(json).WriteVerbatim("Tags", changed), cancel);
        var gone = had.Select(each => each.Text("Key")).Except(tags.Select(each => each.Text("Key"))).ToList();
        if (gone.Count > 0)
            await SendAsync(work, untag, json =>
            {
                WriteOwner(json).WriteStartArray("TagKeys");
                foreach (var key in gone) json.WriteStringValue(key);
                json.WriteEndArray();
            }, cancel);

        Utf8JsonWriter WriteOwner(Utf8JsonWriter json)
        {
            if (work.Resource.Kind == SecretsLayer.ParameterKind) json.WriteString("ResourceType", "Parameter");
            json.WriteString(owner, work.RequiredId);
            return json;
        }
    }

    private static Task<WireResponse> SendAsync(RestoreWork work, string operation, Action<Utf8JsonWriter> write, CancellationToken cancel) => work.SendAsync(
        work.Wire(work.Resource.Kind == SecretsLayer.SecretKind ? SecretsLayer.SecretsManager : SecretsLayer.Ssm), JsonRequest.Of(operation, write), exception => exception.Code is "TooManyUpdates", cancel);

    private static string? Value(RestoreWork work) => work.Target.SecretValues.GetValueOrDefault($"{work.Resource.Name}/value") ?? work.Target.SecretValues.GetValueOrDefault(work.Resource.Name);
}
