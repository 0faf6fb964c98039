namespace JadaSnapshot;

/// <summary>A certificate of ACM (<see href="https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateDetail.html"/>). Its private key never leaves ACM.</summary>
public sealed record Certificate
{
    /// <summary>The Amazon Resource Name.</summary>
    public required string CertificateArn { get; init; }

    /// <summary>The first of the names that it stands for.</summary>
    public required string DomainName { get; init; }

    /// <summary>The region that it lives in; for CloudFront that is <c>us-east-1</c>.</summary>
    public required string Region { get; init; }

    /// <summary>All names that it stands for, <see cref="DomainName"/> among them.</summary>
    public IReadOnlyList<string> SubjectAlternativeNames { get; init; } = [];

    /// <summary><c>ISSUED</c>, <c>PENDING_VALIDATION</c>, <c>EXPIRED</c>, <c>FAILED</c>, …</summary>
    public string? Status { get; init; }

    /// <summary><c>AMAZON_ISSUED</c>, <c>IMPORTED</c> or <c>PRIVATE</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The kind of its key: <c>RSA_2048</c>, <c>EC_prime256v1</c>, …</summary>
    public string? KeyAlgorithm { get; init; }

    /// <summary>Who issued it.</summary>
    public string? Issuer { get; init; }

    /// <summary>The serial number in hexadecimal octets; null before it is issued.</summary>
    public string? Serial { get; init; }

    /// <summary>When it was asked for (UTC); null for one that was imported.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it becomes valid (UTC); null before it is issued.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When it expires (UTC); null before it is issued.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>The ARNs of the resources that use it: distributions, domains of APIs, load balancers.</summary>
    public IReadOnlyList<string> InUseBy { get; init; } = [];

    /// <summary><c>ELIGIBLE</c> where ACM renews it by itself, else <c>INELIGIBLE</c>.</summary>
    public string? RenewalEligibility { get; init; }

    /// <summary>How each of its names is proved to be the account's.</summary>
    public IReadOnlyList<CertificateValidation> ValidationRecords { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => DomainName;
}

/// <summary>How a name of a certificate is proved to be the account's (<see href="https://docs.aws.amazon.com/acm/latest/APIReference/API_DomainValidation.html"/>).</summary>
public sealed record CertificateValidation
{
    /// <summary>The name.</summary>
    public required string DomainName { get; init; }

    /// <summary><c>SUCCESS</c>, <c>PENDING_VALIDATION</c> or <c>FAILED</c>.</summary>
    public string? Status { get; init; }

    /// <summary><c>DNS</c>, <c>EMAIL</c> or <c>HTTP</c>.</summary>
    public string? Method { get; init; }

    /// <summary>The name of the DNS record that proves it, with its final dot; null for other methods.</summary>
    public string? RecordName { get; init; }

    /// <summary>The record's type, <c>CNAME</c>.</summary>
    public string? RecordType { get; init; }

    /// <summary>The record's value.</summary>
    public string? RecordValue { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordName is null ? $"{DomainName} {Method} {Status}" : $"{RecordName} {RecordType} {RecordValue}";
}
