using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Secrets;

/// <summary>
/// The secrets of Secrets Manager and the parameters of the parameter store, as far as they are described: names, keys, rotation, tags,
/// policies. No value is ever asked for (<see href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/"/>).
/// </summary>
public sealed class SecretsLayer(LayerContext context) : ILayer
{
    /// <summary>The layer's name.</summary>
    public const string LayerName = "secrets";

    internal const string Root = "aws-configs/secrets/";
    internal const string SecretKind = "secret", ParameterKind = "parameter";

    internal static AwsService SecretsManager { get; } = new()
    {
        ServiceId = "Secrets Manager",
        SigningName = "secretsmanager",
        EndpointPrefix = "secretsmanager",
        Protocol = WireProtocol.Json,
        TargetPrefix = "secretsmanager",
        RequestsPerSecond = 40,
    };

    internal static AwsService Ssm { get; } = new()
    {
        ServiceId = "SSM",
        SigningName = "ssm",
        EndpointPrefix = "ssm",
        Protocol = WireProtocol.Json,
        TargetPrefix = "AmazonSSM",
        RequestsPerSecond = 5,
    };

    private readonly ConcurrentDictionary<(string Region, string Name), byte[]> _parameters = new();

    /// <inheritdoc/>
    public string Name => LayerName;

    /// <inheritdoc/>
    public IAsyncEnumerable<Resource> DiscoverAsync(CancellationToken cancel) => context.InEachRegionAsync(LayerName, DiscoverAsync, cancel);

    /// <inheritdoc/>
    public Task CaptureAsync(Resource resource, ISnapshotSink sink, CancellationToken cancel)
    {
        var folder = FolderOf(resource);
        return resource.Kind == SecretKind ? CaptureSecretAsync() : CaptureParameterAsync();

        Task CaptureSecretAsync()
        {
            var secrets = context.Connection.Wire(SecretsManager, resource.Region);
            return Task.WhenAll(
                secrets.CaptureAsync(JsonRequest.Of("DescribeSecret", ("SecretId", resource.Arn)), sink, folder + Document(SecretKind), cancel),
                secrets.CaptureAsync(
                    JsonRequest.Of("GetResourcePolicy", ("SecretId", resource.Arn)), sink, folder + "policy.json", cancel, isSet: answer => answer.Json().Text("ResourcePolicy") is not null));
        }

        Task CaptureParameterAsync() => Task.WhenAll(
            // The list told everything, and asking for each parameter alone would take minutes at the few requests a second that there are.
            sink.WriteAsync(folder + Document(ParameterKind), _parameters[(resource.Region, resource.Name)], cancel),
            context.Connection.Wire(Ssm, resource.Region).CaptureAsync(
                JsonRequest.Of("ListTagsForResource", ("ResourceType", "Parameter"), ("ResourceId", resource.Name)), sink, folder + "tags.json", cancel,
                isSet: answer => answer.Json().Items("TagList").Any()));
    }

    internal static string FolderOf(Resource resource) => $"{Root}{resource.Kind}s/{PathNames.FromName(resource.Region)}/{PathNames.FromName(resource.Name)}/";

    internal static string Document(string kind) => $"{kind}.json";

    private IAsyncEnumerable<Resource> DiscoverAsync(string region, CancellationToken cancel)
    {
        IReadOnlyList<Func<CancellationToken, IAsyncEnumerable<Resource>>> lists = [SecretsAsync, ParametersAsync];
        return Merging.MergeAsync(lists, (list, token) => list(token), (_, exception) => context.Report(LayerName, "", exception, region), cancel);

        async IAsyncEnumerable<Resource> SecretsAsync([EnumeratorCancellation] CancellationToken token)
        {
            var pages = context.Connection.Wire(SecretsManager, region).PagesAsync<string>(next => JsonRequest.Of("ListSecrets", ("NextToken", next)), NextToken, token);
            await foreach (var page in pages)
                foreach (var secret in page.Json().Items("SecretList"))
                {
                    var arn = secret.Text("ARN") ?? "";
                    yield return ToResource(SecretKind, secret, region, "LastChangedDate") with { OtherNames = [WithoutSuffix(arn)] };
                }
        }

        async IAsyncEnumerable<Resource> ParametersAsync([EnumeratorCancellation] CancellationToken token)
        {
            var pages = context.Connection.Wire(Ssm, region).PagesAsync<string>(next => JsonRequest.Of("DescribeParameters", ("NextToken", next)), NextToken, token);
            await foreach (var page in pages)
                foreach (var parameter in page.Json().Items("Parameters"))
                {
                    var resource = ToResource(ParameterKind, parameter, region, "LastModifiedDate") with { Description = parameter.Text("Type") };
                    _parameters[(region, resource.Name)] = JsonList.Verbatim(parameter);
                    yield return resource;
                }
        }
    }

    private static string? NextToken(WireResponse page) => page.Json().Text("NextToken");

    /// <summary>Secrets Manager adds six letters to a name, and takes ARNs without them.</summary>
    private static string WithoutSuffix(string arn) => arn.Length > 7 && arn[^7] == '-' ? arn[..^7] : arn;

    private static Resource ToResource(string kind, JsonElement described, string region, string changed) => new()
    {
        Layer = LayerName,
        Kind = kind,
        Name = described.Text("Name") ?? "",
        Id = described.Text("Name") ?? "",
        Arn = described.Text("ARN"),
        Region = region,
        ModifiedAt = described.Moment(changed),
        Description = described.Text("Description"),
    };
}
