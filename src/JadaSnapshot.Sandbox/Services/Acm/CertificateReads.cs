using System.Globalization;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Acm;

internal sealed class CertificateReads(AcmState state)
{
    private const int MostItems = 1000;

    /// <summary>The key algorithms of the certificates that are listed where none is asked for.</summary>
    private static readonly string[] ListedUnasked = ["RSA_1024", "RSA_2048"];

    public void AddTo(OperationTable operations)
    {
        operations.Add("ListCertificates", state.WithUses(List));
        operations.Add("DescribeCertificate", state.WithUses((call, uses) =>
            AcmState.Answer(new JsonObject { ["Certificate"] = new CertificateDetail(state, state.Certificate(call), uses).Whole() })));
        operations.Add("GetCertificate", Get);
    }

    private SandboxResponse List(Call call, ILookup<string, string> uses)
    {
        var asked = call.Json;
        List<string> keyTypes = [.. asked.Part("Includes")?.Texts("keyTypes") ?? []];
        if (keyTypes.Count == 0) keyTypes.AddRange(ListedUnasked);
        List<string> statuses = [.. asked.Texts("CertificateStatuses")];
        var size = Call.PageSize(asked.Number("MaxItems")?.ToString(CultureInfo.InvariantCulture), "maxItems", MostItems, "ValidationException");
        var page = state.In(call.Region)
            .Where(certificate => keyTypes.Contains(certificate.KeyAlgorithm))
            .Select(certificate => (certificate.Arn, Detail: new CertificateDetail(state, certificate, uses)))
            .Where(each => statuses.Count == 0 || statuses.Contains(each.Detail.State))
            .After(Marker.Open(asked.Text("NextToken"), "ValidationException"), size, each => each.Arn);
        return AcmState.Answer(new JsonObject
        {
            ["CertificateSummaryList"] = new JsonArray([.. page.Items.Select(each => each.Detail.Summary())]),
        }.With("NextToken", Marker.Seal(page.Marker)));
    }

    private SandboxResponse Get(Call call)
    {
        var certificate = state.Certificate(call);
        if (!state.IsIssued(certificate))
            throw new SandboxException(400, "RequestInProgressException", $"Certificate {certificate.Arn} in account {state.World.Account} not yet issued.");
        return AcmState.Answer(new JsonObject { ["Certificate"] = certificate.Content!.Body }.With("CertificateChain", certificate.Content.Chain));
    }
}
