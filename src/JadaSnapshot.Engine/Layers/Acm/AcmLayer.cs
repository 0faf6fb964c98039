using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Acm;

/// <summary>Certificates with their names and validation records, who uses them, their PEM and tags. No private key ever leaves ACM (<see href="https://docs.aws.amazon.com/acm/latest/APIReference/API_Operations.html"/>).</summary>
public sealed class AcmLayer(LayerContext context) : ILayer
{
    /// <summary>The layer's name.</summary>
    public const string LayerName = "acm";

    private const int MostPerPage = 1000;

    // The budgets: https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html#api-rate-limits
    internal static AwsService Service { get; } = new()
    {
        ServiceId = "ACM",
        SigningName = "acm",
        EndpointPrefix = "acm",
        Protocol = WireProtocol.Json,
        TargetPrefix = "CertificateManager",
        RequestsPerSecond = 1,
        OperationBudgets = new Dictionary<string, double> { ["ListCertificates"] = 8, ["DescribeCertificate"] = 10, ["GetCertificate"] = 10, ["ListTagsForCertificate"] = 10 },
    };

    /// <summary>Without them, ACM lists no more than RSA keys of up to 2,048 bits.</summary>
    private static readonly string[] KeyTypes = ["RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"];

    private readonly CertificateView _view = new();

    /// <inheritdoc/>
    public string Name => LayerName;

    /// <inheritdoc/>
    public IAsyncEnumerable<Resource> DiscoverAsync(CancellationToken cancel) => context.InEachRegionAsync(LayerName, DiscoverAsync, cancel);

    /// <inheritdoc/>
    public Task CaptureAsync(Resource resource, ISnapshotSink sink, CancellationToken cancel)
    {
        var folder = _view.Folder(resource);
        var acm = context.Connection.Wire(Service, resource.Region);
        return Task.WhenAll(
            acm.CaptureAsync(About("DescribeCertificate"), sink, folder + CertificateView.Document, cancel),
            CapturePemAsync(),
            acm.CaptureAsync(About("ListTagsForCertificate"), sink, folder + "tags.json", cancel));

        WireRequest About(string operation) => JsonRequest.Of(operation, ("CertificateArn", resource.Arn));

        async Task CapturePemAsync()
        {
            var answer = await acm.CaptureAsync(About("GetCertificate"), sink, folder + "pem.json", cancel, notSet: ["RequestInProgressException"]);
            if (answer is null) return;
            await WriteAsync("certificate.pem", answer.Json().Text("Certificate"));
            await WriteAsync("chain.pem", answer.Json().Text("CertificateChain"));
        }

        Task WriteAsync(string file, string? pem) => pem is null ? Task.CompletedTask : sink.WriteAsync(folder + file, Encoding.ASCII.GetBytes(pem), cancel);
    }

    private async IAsyncEnumerable<Resource> DiscoverAsync(string region, [EnumeratorCancellation] CancellationToken cancel)
    {
        var acm = context.Connection.Wire(Service, region);
        await foreach (var page in acm.PagesAsync(ListRequest, answer => answer.Json().Text("NextToken"), cancel))
            foreach (var certificate in page.Json().Items("CertificateSummaryList"))
                if (certificate.Text("CertificateArn") is { } arn) yield return ToResource(certificate, arn, region);
    }

    private static WireRequest ListRequest(string? token) => JsonRequest.Of("ListCertificates", json =>
    {
        json.WriteStartObject("Includes");
        json.WriteStartArray("keyTypes");
        foreach (var type in KeyTypes) json.WriteStringValue(type);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteNumber("MaxItems", MostPerPage);
        if (token is not null) json.WriteString("NextToken", token);
    });

    private static Resource ToResource(JsonElement certificate, string arn, string region)
    {
        var id = arn[(arn.LastIndexOf('/') + 1)..];
        return new()
        {
            Layer = LayerName,
            Kind = "certificate",
            Name = certificate.Text("DomainName") ?? id,
            Id = id,
            Arn = arn,
            Region = region,
            CreatedAt = certificate.Moment("CreatedAt") ?? certificate.Moment("ImportedAt"),
            ModifiedAt = certificate.Moment("IssuedAt") ?? certificate.Moment("ImportedAt"),
            Description = $"{certificate.Text("Status")}, {certificate.Text("KeyAlgorithm")}",
        };
    }
}
