using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Services.Acm;

namespace JadaSnapshot.Sandbox.Estate.Certificates;

/// <summary>Asks for the certificates. What uses them comes later, so they are issued without waiting for the zones.</summary>
internal static class CertificateBuilder
{
    public static async Task BuildAsync(EstateScript script)
    {
        for (var index = 0; index < CertificateCatalogue.All.Count; index++)
        {
            script.Clock.Set(150 - 9 * index);
            var plan = CertificateCatalogue.All[index];
            var made = await script.RpcAsync("acm", "CertificateManager.RequestCertificate", plan.Region, new JsonObject
            {
                ["DomainName"] = plan.Domain,
                ["ValidationMethod"] = "DNS",
                ["SubjectAlternativeNames"] = new JsonArray([.. plan.AlternativeNames.Prepend(plan.Domain).Select(name => (JsonNode)name)]),
                ["IdempotencyToken"] = CertificateCatalogue.IdOf(script, plan.Domain, plan.Region).ToString("N"),
                ["KeyAlgorithm"] = plan.KeyAlgorithm,
                ["Tags"] = new JsonArray(
                    new JsonObject { ["Key"] = "owner", ["Value"] = "crew" },
                    new JsonObject { ["Key"] = "use", ["Value"] = plan.Region == EstateNames.East ? "distributions" : "apis" }),
            });
            script.Clock.Pass(TimeSpan.FromMinutes(7));
            if (!plan.IsPending) script.World.Get<AcmService>().Issue((string)made["CertificateArn"]!);
        }
    }
}
