using Amazon.Runtime;
using Amazon.Util;

namespace JadaSnapshot.Engine.Connections;

/// <summary>The metadata service of an EC2 instance. The SDK tries it for half a minute; elsewhere than on EC2 one short knock is enough to know.</summary>
internal static class InstanceMetadata
{
    private static readonly TimeSpan Knock = TimeSpan.FromSeconds(1);

    public static bool IsThere()
    {
        if (!EC2InstanceMetadata.IsIMDSEnabled) return false;
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = Knock }) { Timeout = Knock };
            using var request = new HttpRequestMessage(HttpMethod.Put, EC2InstanceMetadata.EC2ApiTokenUrl);
            request.Headers.Add("x-aws-ec2-metadata-token-ttl-seconds", "60");
            using var answer = client.Send(request);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or UriFormatException)
        {
            return false;
        }
    }

    public static AWSCredentials? Credentials()
    {
        try
        {
            return new InstanceProfileAWSCredentials();
        }
        catch (Exception e) when (e is AmazonClientException or AmazonServiceException or InvalidOperationException or HttpRequestException)
        {
            return null;
        }
    }

    public static string? Region()
    {
        try
        {
            return EC2InstanceMetadata.Region?.SystemName;
        }
        catch (Exception e) when (e is AmazonClientException or InvalidOperationException or HttpRequestException)
        {
            return null;
        }
    }
}
