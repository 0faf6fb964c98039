using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using JadaSnapshot.Engine.Secrets;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Connections;

/// <summary>Reads what <c>-Certificate</c> takes: certificates with their private keys, as objects or as files.</summary>
internal static class PrivateKeys
{
    /// <summary>The certificates, in the order in which they were given.</summary>
    public static X509Certificate2Collection Read(object[]? given, PSCmdlet cmdlet)
    {
        var keys = new X509Certificate2Collection();
        foreach (var each in (given ?? []).Select(each => each is PSObject wrapped ? wrapped.BaseObject : each))
        {
            if (each is X509Certificate2 certificate) keys.Add(certificate);
            else
                foreach (var file in cmdlet.ExpandPath(each.ToString()!)) keys.Add(CertificateFile.Load(file));
        }
        return keys;
    }
}
