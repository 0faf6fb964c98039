namespace JadaSnapshot;

/// <summary>When a step of a restore is taken. The phases stand in the order in which they are carried out: what others refer to comes before them.</summary>
public enum RestorePhase
{
    /// <summary>IAM policies and roles.</summary>
    Roles,

    /// <summary>DynamoDB tables.</summary>
    Tables,

    /// <summary>The items of tables.</summary>
    Items,

    /// <summary>Buckets, still empty: code, logs and event sources lead to them.</summary>
    Buckets,

    /// <summary>Versions of Lambda layers, and code signing configurations.</summary>
    FunctionLayers,

    /// <summary>Lambda functions, with their versions and aliases.</summary>
    Functions,

    /// <summary>Who may call functions, and what feeds them.</summary>
    Permissions,

    /// <summary>APIs with their stages, keys and plans.</summary>
    Apis,

    /// <summary>The objects of buckets.</summary>
    Objects,

    /// <summary>The configuration of buckets.</summary>
    BucketSettings,

    /// <summary>Hosted zones, health checks and what else DNS records refer to; no records yet.</summary>
    Zones,

    /// <summary>Certificates, which are validated by records of zones.</summary>
    Certificates,

    /// <summary>What distributions share: access controls, policies, keys, functions.</summary>
    EdgeParts,

    /// <summary>CloudFront distributions.</summary>
    Distributions,

    /// <summary>Custom domain names of APIs, which need certificates.</summary>
    ApiDomains,

    /// <summary>SES: identities, whose keys get their names in the DNS, templates, configuration sets, rules.</summary>
    Mail,

    /// <summary>DNS records, the targets of aliases first.</summary>
    Records,

    /// <summary>Secrets' and parameters' policies and tags.</summary>
    Secrets,

    /// <summary>Lightsail: instances, addresses, disks.</summary>
    Instances,

    /// <summary>Invalidations of what was changed.</summary>
    Invalidations,

    /// <summary>Google Apps Script projects.</summary>
    Scripts,

    /// <summary>Folders of this machine.</summary>
    LocalFiles,

    /// <summary>Deletions of what the snapshot does not have, where that was asked for.</summary>
    Deletions,
}
