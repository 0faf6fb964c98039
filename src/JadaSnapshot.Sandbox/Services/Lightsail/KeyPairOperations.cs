using System.Security.Cryptography;
using System.Text;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lightsail;

/// <summary>Key pairs, of which Lightsail keeps the public half.</summary>
internal sealed class KeyPairOperations(LightsailState state)
{
    private const string Type = "KeyPair";

    public void AddTo(OperationTable operations)
    {
        operations.Add("GetKeyPairs", call => LightsailState.Page(call, "keyPairs", state.In(call.Region).KeyPairs.Values));
        operations.Add("ImportKeyPair", Import);
        operations.Add("DeleteKeyPair", Delete);
    }

    private SandboxResponse Import(Call call)
    {
        var (name, key) = (call.Json.Need("keyPairName"), call.Json.Need("publicKeyBase64"));
        var pair = state.New(call, name, Type);
        pair["fingerprint"] = string.Join(':', SHA256.HashData(Encoding.UTF8.GetBytes(key)).Take(20).Select(part => part.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
        state.In(call.Region).KeyPairs.Add(name, pair);
        return LightsailState.AnswerOne(state.Done(call, name, Type, "CreateKeyPair"));
    }

    private SandboxResponse Delete(Call call)
    {
        var name = LightsailState.Find(state.In(call.Region).KeyPairs, Type, call.Json.Need("keyPairName")).Need("name");
        state.In(call.Region).KeyPairs.Remove(name);
        return LightsailState.AnswerOne(state.Done(call, name, Type, "DeleteKeyPair"));
    }
}
