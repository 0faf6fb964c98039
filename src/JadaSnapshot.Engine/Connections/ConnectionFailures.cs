using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Connections;

/// <summary>What can go wrong before any service is called.</summary>
internal static class ConnectionFailures
{
    public static ServiceException NoCredentials(string code, string message, Exception? inner = null) => Failed(FailureKind.NoCredentials, code, message, inner);

    public static ServiceException NoRegion(string code, string message) => Failed(FailureKind.NoRegion, code, message);

    public static ServiceException Invalid(string code, string message) => Failed(FailureKind.Invalid, code, message);

    public static ServiceException Failed(FailureKind kind, string code, string message, Exception? inner = null) => new(message, inner)
    {
        Kind = kind,
        Code = code,
        Service = "connection",
        Operation = "Open",
    };
}
