using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Secrets;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>Opens what <c>-ProtectTo</c> sealed, and gives the secrets that have fingerprints in the documents.</summary>
[Cmdlet(VerbsSecurity.Unprotect, "JadaSecret")]
[OutputType(typeof(SecretValue))]
public sealed class UnprotectJadaSecretCommand : JadaConnectedCommand
{
    /// <summary>Sealed documents, or folders that hold some: a snapshot, an export, a resource's folder. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Certificates with the private key, as objects or as files (PFX without a password, or PEM with the key in it), besides those of your own certificate store.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[]? Certificate { get; set; }

    /// <summary>Gives each value as a text instead of a SecureString.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    private protected override async Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        var keys = await pipeline.AskAsync(cmdlet => PrivateKeys.Read(Certificate, cmdlet));
        foreach (var path in Path)
        {
            try
            {
                foreach (var place in await pipeline.AskAsync(cmdlet => cmdlet.ExpandPath(path)))
                {
                    var isSealed = false;
                    foreach (var document in SealedFile.Find(place))
                    {
                        isSealed = true;
                        await OpenAsync(document, keys, pipeline, cancel);
                    }
                    if (!isSealed) pipeline.Information($"{place} holds nothing that was sealed.");
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                pipeline.Error(exception.ToErrorRecord(path));
            }
        }
    }

    private async Task OpenAsync(SealedFile document, X509Certificate2Collection keys, PipelineWriter pipeline, CancellationToken cancel)
    {
        try
        {
            foreach (var (name, value, fingerprint) in await document.OpenAsync(keys, () => Connection, cancel))
                pipeline.Write(new SecretValue { Path = document.DocumentPath, Name = name, Fingerprint = fingerprint, Value = AsPlainText ? value : Secure(value) });
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            pipeline.Error(exception.ToErrorRecord(document.Path));
        }
    }

    private static SecureString Secure(string value)
    {
        var secure = new SecureString();
        foreach (var character in value) secure.AppendChar(character);
        secure.MakeReadOnly();
        return secure;
    }
}
