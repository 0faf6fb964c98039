using System.Text.RegularExpressions;
using Amazon.Runtime;

namespace JadaSnapshot.Engine.Wire;

/// <summary>Takes out of a service's words what may not be shown: the caller's own keys, and links that carry a signature.</summary>
internal sealed partial class Redaction(Func<ImmutableCredentials?> credentials)
{
    private const int Longest = 2000;

    public string Of(string message)
    {
        if (credentials() is { } own)
            foreach (var secret in new[] { own.SecretKey, own.Token, own.AccessKey })
                if (!string.IsNullOrEmpty(secret) && secret.Length > 7) message = message.Replace(secret, "[redacted]", StringComparison.Ordinal);
        message = SignedLink().Replace(message, "[signed link]");
        message = Controls().Replace(message, " ");
        return message.Length > Longest ? message[..Longest] + "…" : message;
    }

    [GeneratedRegex(@"https?://[^\s""'<>]*[?&](X-Amz-[^\s""'<>]*|Signature=[^\s""'<>]*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SignedLink();

    [GeneratedRegex(@"[\p{Cc}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Controls();
}
