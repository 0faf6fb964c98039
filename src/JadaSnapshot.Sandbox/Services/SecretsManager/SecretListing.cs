using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.SecretsManager;

internal sealed class SecretListing(SecretsManagerState state)
{
    private const int MostPerPage = 100;

    public void AddTo(OperationTable operations) => operations.Add("ListSecrets", List);

    private SandboxResponse List(Call call)
    {
        var size = call.Json.Number("MaxResults") ?? MostPerPage;
        if (size is < 1 or > MostPerPage) throw SecretsManagerState.BadParameter($"MaxResults must be between 1 and {MostPerPage}.");
        if (call.Json.List("Filters") is { Count: > 0 }) throw SecretsManagerState.BadParameter("The sandbox does not filter secrets.");
        var page = state.In(call.Region).Values
            .Where(secret => secret.Deletion is null || call.Json.Flag("IncludePlannedDeletion") == true)
            .After(Marker.Open(call.Json.Text("NextToken"), "InvalidNextTokenException"), (int)size, secret => secret.Name);
        return Json11Service.Reply(new JsonObject
        {
            ["SecretList"] = JsonAnswer.List(page.Items.Select(secret => secret.Describe("SecretVersionsToStages"))),
        }.With("NextToken", Marker.Seal(page.Marker)));
    }
}
