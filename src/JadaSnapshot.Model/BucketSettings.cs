namespace JadaSnapshot;

/// <summary>Whether a bucket keeps what is overwritten and deleted (<see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html"/>).</summary>
public enum BucketVersioning
{
    /// <summary>Versioning has never been enabled.</summary>
    Unversioned,

    /// <summary>Every version is kept.</summary>
    Enabled,

    /// <summary>Versions are kept from before; no new ones are made.</summary>
    Suspended,
}

/// <summary>What a bucket's website endpoint does (<see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html"/>).</summary>
public enum BucketWebsite
{
    /// <summary>There is no website configuration.</summary>
    None,

    /// <summary>It serves the objects as a site.</summary>
    Hosting,

    /// <summary>It redirects every request to another host.</summary>
    Redirect,
}
