using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.SharedInterfaces;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace JadaSnapshot.Engine.Connections;

/// <summary>
/// A role that a profile assumes with another source's credentials. The SDK's own class asks a registered factory for an STS
/// client without saying for which credentials, and picks its region by itself; this one does neither.
/// </summary>
internal sealed class RoleCredentials : RefreshingAWSCredentials
{
    private readonly Func<AWSCredentials, AmazonSecurityTokenServiceClient> _stsFor;
    private readonly AWSCredentials _source;
    private readonly CredentialProfileOptions _role;

    public RoleCredentials(AWSCredentials source, CredentialProfileOptions role, Func<AWSCredentials, AmazonSecurityTokenServiceClient> stsFor)
    {
        (_source, _role, _stsFor) = (source, role, stsFor);
        PreemptExpiryTime = TimeSpan.FromMinutes(5);
    }

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        using var sts = _stsFor(_source);
        var answer = await sts.AssumeRoleAsync(new AssumeRoleRequest
        {
            RoleArn = _role.RoleArn,
            RoleSessionName = _role.RoleSessionName ?? $"JadaSnapshot-{Environment.ProcessId}",
            ExternalId = _role.ExternalID,
        });
        return new CredentialsRefreshState(answer.Credentials.GetCredentials(), answer.Credentials.Expiration.GetValueOrDefault());
    }

    // The pipeline asks asynchronously; only the signer's second, synchronous question comes here, and then the state is fresh.
    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();
}

/// <summary>A role that is assumed with a token from a file, as in Kubernetes.</summary>
internal sealed class WebIdentityCredentials(string tokenFile, string roleArn, string? sessionName, Func<AWSCredentials, AmazonSecurityTokenServiceClient> stsFor)
    : AssumeRoleWithWebIdentityCredentials(tokenFile, roleArn, sessionName)
{
    protected override ICoreAmazonSTS CreateClient() => stsFor(new AnonymousAWSCredentials());
}
