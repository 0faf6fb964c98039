using JadaSnapshot.Engine.Secrets;

namespace JadaSnapshot.Engine.Capture;

/// <summary>What becomes of the secrets in captured documents: a fingerprint in their place, and the whole document sealed beside it where there are sealers.</summary>
/// <param name="store">The folder whose key the fingerprints are made with. It is not touched before there is a secret.</param>
/// <param name="sealers">The sealers.</param>
internal sealed class ResourceSecrets(string store, IReadOnlyList<ISealer> sealers)
{
    private readonly Lazy<Fingerprinter> _fingerprints = new(() => Fingerprinter.Open(store));

    public string Fingerprint(string secret) => _fingerprints.Value.Of(secret);

    public async Task SealAsync(ISnapshotSink sink, string path, ReadOnlyMemory<byte> document, CancellationToken cancel)
    {
        foreach (var sealer in sealers) await sink.WriteAsync(path + sealer.Extension, sealer.Seal(document.Span), cancel);
    }
}
