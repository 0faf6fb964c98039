using Amazon;
using Amazon.Runtime.CredentialManagement;

namespace JadaSnapshot.Engine.Connections;

/// <summary>What a connection can be told to be, as far as this machine knows it.</summary>
public static class ConnectionChoices
{
    /// <summary>The regions that the SDK knows, each with the place that it is in.</summary>
    public static IReadOnlyList<(string Name, string Place)> Regions { get; } =
        [.. RegionEndpoint.EnumerableAllRegions.Select(region => (region.SystemName, region.DisplayName)).OrderBy(region => region.SystemName, StringComparer.Ordinal)];

    /// <summary>The profiles of the shared files, each with its region where it names one.</summary>
    /// <param name="location">Another credentials file than the usual one.</param>
    public static IReadOnlyList<(string Name, string? Region)> Profiles(string? location) =>
        [.. new CredentialProfileStoreChain(location).ListProfiles().Select(profile => (profile.Name, profile.Region?.SystemName)).OrderBy(profile => profile.Name, StringComparer.Ordinal)];
}
