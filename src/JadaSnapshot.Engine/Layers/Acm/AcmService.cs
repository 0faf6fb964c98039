using System.Text;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Acm;

/// <summary>AWS Certificate Manager on the wire (<see href="https://docs.aws.amazon.com/acm/latest/APIReference/API_Operations.html"/>).</summary>
internal static class AcmService
{
    /// <summary>The budgets are those of <see href="https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html#api-rate-limits"/>, each operation for itself.</summary>
    public static AwsService Service { get; } = new()
    {
        ServiceId = "ACM",
        SigningName = "acm",
        EndpointPrefix = "acm",
        Protocol = WireProtocol.Json,
        TargetPrefix = "CertificateManager",
        RequestsPerSecond = 1,
        OperationBudgets = new Dictionary<string, double>
        {
            ["ListCertificates"] = 8,
            ["DescribeCertificate"] = 10,
            ["GetCertificate"] = 10,
            ["ListTagsForCertificate"] = 10,
        },
    };

    public static WireRequest Request(string operation, JsonObject body) => new() { Operation = operation, Body = Encoding.UTF8.GetBytes(body.ToJsonString()) };
}
