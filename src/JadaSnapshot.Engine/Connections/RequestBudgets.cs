using System.Collections.Concurrent;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Connections;

/// <summary>
/// The request budgets of one connection's caller. The budgets themselves are shared by everything in the process that calls
/// the same endpoint for the same account. Until the account is known, the access key id stands for it; the first answer of
/// STS tells it for every connection with that key.
/// </summary>
internal sealed class RequestBudgets(bool used, Func<string> accessKeyId)
{
    private static readonly ConcurrentDictionary<(string Owner, string Authority, string Service, string Operation), Lazy<RequestBudget>> Shared = new();
    private static readonly ConcurrentDictionary<string, string> Accounts = new(StringComparer.Ordinal);

    public static void Learn(string accessKeyId, string account) => Accounts[accessKeyId] = account;

    /// <summary>The budget that an operation draws on; null where there is none.</summary>
    public RequestBudget? For(AwsService service, string operation, Uri endpoint)
    {
        if (!used) return null;
        var own = service.OperationBudgets.TryGetValue(operation, out var ownRate);
        if ((own ? ownRate : service.RequestsPerSecond) is not { } rate) return null;
        var key = accessKeyId();
        var owner = Accounts.GetValueOrDefault(key, key);
        return Shared.GetOrAdd((owner, endpoint.Authority, service.SigningName, own ? operation : ""), static (_, rate) => new(() => new RequestBudget(rate)), rate).Value;
    }
}
