using System.Collections;
using System.Management.Automation;
using System.Reflection;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Errors;

namespace JadaSnapshot.Connections;

/// <summary>Takes access keys out of a credential object by its members: its type belongs to another module's copy of the AWS SDK.</summary>
internal static class CredentialReader
{
    private const BindingFlags AnyInstance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public static ConnectionOptions Add(ConnectionOptions options, object credential)
    {
        if (credential is PSObject { BaseObject: PSCredential } wrapped) credential = wrapped.BaseObject;
        if (credential is PSCredential user)
            return options with { AccessKey = user.UserName, SecretKey = user.GetNetworkCredential().Password };

        var keys = Current(credential);
        return options with
        {
            AccessKey = Text(keys, "AccessKey") ?? Text(keys, "AccessKeyId") ?? throw Unusable(),
            SecretKey = Text(keys, "SecretKey") ?? Text(keys, "SecretAccessKey") ?? throw Unusable(),
            SessionToken = Text(keys, "Token") ?? Text(keys, "SessionToken"),
        };
    }

    // $StoredAWSCredentials and Use-STSRole hold the credentials in a member; the SDK's hand out the keys of the moment.
    private static object Current(object credential)
    {
        if (Member(credential, "Credentials") is { } held) credential = held;
        var source = credential is PSObject wrapped ? wrapped.BaseObject : credential;
        var method = source.GetType().GetMethod("GetCredentials", AnyInstance, []);
        if (method is null) return credential;
        try
        {
            return method.Invoke(source, null) ?? throw Unusable();
        }
        catch (TargetInvocationException exception)
        {
            throw Unusable(exception.InnerException);
        }
    }

    private static string? Text(object source, string name) =>
        Member(source, name)?.ToString() is { Length: > 0 } text ? text : null;

    private static object? Member(object source, string name)
    {
        var inner = source is PSObject wrapped ? wrapped.BaseObject : source;
        if (inner is IDictionary dictionary) return dictionary[name];
        return PSObject.AsPSObject(source).Properties[name]?.Value
            ?? inner.GetType().GetProperty(name, AnyInstance)?.GetValue(inner);
    }

    private static UsageException Unusable(Exception? cause = null) => new(
        "CredentialUnusable",
        "No access key can be taken from the credential object.",
        "Give what New-AWSCredential, Get-AWSCredential or Use-STSRole hands out, or a PSCredential.",
        cause);
}
