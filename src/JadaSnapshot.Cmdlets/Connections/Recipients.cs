using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Secrets;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Connections;

/// <summary>Reads <c>-ProtectTo</c>: certificates in every form that <c>Protect-CmsMessage -To</c> takes, and KMS keys.</summary>
internal static class Recipients
{
    /// <summary>The sealers for the recipients: one for all certificates together, and one for each KMS key.</summary>
    /// <exception cref="UsageException">A recipient is none.</exception>
    public static async Task<IReadOnlyList<ISealer>> ToSealersAsync(object[]? recipients, AwsConnection connection, PipelineWriter pipeline, CancellationToken cancel)
    {
        List<ISealer> sealers = [];
        List<X509Certificate2> certificates = [];
        foreach (var recipient in (recipients ?? []).Select(given => given is PSObject wrapped ? wrapped.BaseObject : given))
        {
            if (recipient is string keyId && KmsSealer.IsKeyId(keyId)) sealers.Add(await KmsSealer.CreateAsync(connection, keyId, cancel));
            else certificates.AddRange(await pipeline.AskAsync(cmdlet => Resolve(cmdlet, recipient)));
        }
        if (certificates.Count == 0) return sealers;
        try
        {
            return [new CertificateSealer(certificates), .. sealers];
        }
        catch (ArgumentException exception)
        {
            throw new UsageException("RecipientUnfit", exception.Message, "Give a certificate with an RSA key.", exception);
        }
    }

    private static List<X509Certificate2> Resolve(PSCmdlet cmdlet, object recipient)
    {
        var message = recipient switch
        {
            CmsMessageRecipient resolved => resolved,
            X509Certificate2 certificate => new CmsMessageRecipient(certificate),
            _ => new CmsMessageRecipient(recipient.ToString()),
        };
        message.Resolve(cmdlet.SessionState, ResolutionPurpose.Encryption, out var error);
        if (error is not null)
            throw new UsageException("RecipientUnfit", error.Exception.Message, "Give a certificate for document encryption (a file, a thumbprint, a subject or an object), or a KMS key (alias/… or its ARN).", error.Exception);
        return [.. message.Certificates.Cast<X509Certificate2>()];
    }
}
