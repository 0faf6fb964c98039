using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Copies;

/// <summary>Where on this machine things are kept that belong to a store in S3 and to no snapshot, if nobody says where.</summary>
internal static class StoreHome
{
    /// <summary>A folder of the user's own for each store.</summary>
    public static string Of(string store)
    {
        var place = S3Place.Parse(store);
        string[] names = [place.Bucket, .. place.Prefix.Split('/', StringSplitOptions.RemoveEmptyEntries)];
        return Path.Combine([Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "JadaSnapshot", .. names.Select(PathNames.FromName)]);
    }
}
