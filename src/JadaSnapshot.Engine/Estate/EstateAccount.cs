using JadaSnapshot.Engine.Connections;

namespace JadaSnapshot.Engine.Estate;

/// <summary>Keeps what is declared of one account from being applied to another.</summary>
public static class EstateAccount
{
    /// <summary>What is wrong with the account that is called; null where it is the one that the file is about, or the file does not say.</summary>
    public static string? Fault(EstateFile estate, string account)
    {
        ArgumentNullException.ThrowIfNull(estate);
        return estate.Account is { } declared && declared != account ? $"The credentials are of the account {account}, and the file is about the account {declared}." : null;
    }

    /// <summary>Asks whose account is called.</summary>
    /// <exception cref="EstateFileException">It is not the one that the file is about.</exception>
    /// <exception cref="Wire.ServiceException">The caller cannot be identified.</exception>
    public static async Task RequireAsync(EstateFile estate, AwsConnection connection, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(estate);
        if (estate.Account is null) return;
        if (Fault(estate, (await connection.GetCallerIdentityAsync(cancel)).Account) is { } fault) throw EstateFileException.Of(estate.Path, fault);
    }
}
