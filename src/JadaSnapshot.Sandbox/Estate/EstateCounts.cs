namespace JadaSnapshot.Sandbox.Estate;

/// <summary>How many of each thing the estate has, whatever its seed.</summary>
public static class EstateCounts
{
    /// <summary>Buckets.</summary>
    public const int Buckets = 46;

    /// <summary>Distributions, half of them staging.</summary>
    public const int Distributions = 66;

    /// <summary>Functions.</summary>
    public const int Functions = 21;

    /// <summary>Functions of us-east-1, which run at the edge.</summary>
    public const int EdgeFunctions = 2;

    /// <summary>Layers.</summary>
    public const int Layers = 3;

    /// <summary>Versions of all layers.</summary>
    public const int LayerVersions = 4;

    /// <summary>Code signing configurations of Lambda.</summary>
    public const int CodeSigningConfigs = 1;

    /// <summary>Hosted zones.</summary>
    public const int Zones = 11;

    /// <summary>Hosted zones of the public DNS.</summary>
    public const int PublicZones = 10;

    /// <summary>Health checks.</summary>
    public const int HealthChecks = 3;

    /// <summary>Resources of Route 53 beside zones: health checks, a delegation set, a traffic policy, a CIDR collection.</summary>
    public const int ZoneParts = HealthChecks + 3;

    /// <summary>Resources of CloudFront beside distributions: access controls and an identity, a function, policies, keys, a store, a log configuration.</summary>
    public const int EdgeParts = 29;

    /// <summary>Tables.</summary>
    public const int Tables = 14;

    /// <summary>Certificates.</summary>
    public const int Certificates = 13;

    /// <summary>Certificates of us-west-2, which are for APIs.</summary>
    public const int WestCertificates = 5;

    /// <summary>Domains and addresses that mail is sent by.</summary>
    public const int EmailIdentities = 5;

    /// <summary>Templates of mail, with the one that asks for the confirmation of an address.</summary>
    public const int EmailTemplates = 5;

    /// <summary>Configuration sets of mail.</summary>
    public const int ConfigurationSets = 2;

    /// <summary>Sets of rules for mail that comes in.</summary>
    public const int ReceiptRuleSets = 2;

    /// <summary>Lists of mail's contacts.</summary>
    public const int ContactLists = 1;

    /// <summary>All that mail consists of, with the settings of each of two regions.</summary>
    public const int MailResources = EmailIdentities + EmailTemplates + ConfigurationSets + ReceiptRuleSets + ContactLists + 2;

    /// <summary>REST APIs, each with two stages.</summary>
    public const int RestApis = 3;

    /// <summary>HTTP APIs.</summary>
    public const int HttpApis = 3;

    /// <summary>What the account has of API Gateway beside the APIs: an API key, a usage plan, a domain name, a VPC link, a client certificate, and its settings.</summary>
    public const int ApiParts = 6;

    /// <summary>Roles: one for each function, three of the operators, and the one of <see cref="ServiceLinkedRoles"/>.</summary>
    public const int Roles = 25;

    /// <summary>Roles that a service made for itself.</summary>
    public const int ServiceLinkedRoles = 1;

    /// <summary>Managed policies of the account's own.</summary>
    public const int Policies = 2;

    /// <summary>Current objects of all buckets.</summary>
    public const int Objects = 2097;

    /// <summary>Record sets of all zones, with the NS and SOA that each zone begins with.</summary>
    public const int RecordSets = 613;

    /// <summary>Secrets of Secrets Manager.</summary>
    public const int Secrets = 6;

    /// <summary>Parameters of the parameter store.</summary>
    public const int Parameters = 8;

    /// <summary>Projects of Google Apps Script.</summary>
    public const int ScriptProjects = 4;

    /// <summary>What scales with its load: tables and indexes, by reads or by writes.</summary>
    public const int ScalableTargets = 4;
}
