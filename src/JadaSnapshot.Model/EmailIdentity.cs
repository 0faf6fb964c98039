namespace JadaSnapshot;

/// <summary>A domain or an address that mail is sent by (<see href="https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailIdentity.html"/>).</summary>
public sealed record EmailIdentity
{
    /// <summary>The domain or the address.</summary>
    public required string IdentityName { get; init; }

    /// <summary>The region that it lives in.</summary>
    public required string Region { get; init; }

    /// <summary><c>DOMAIN</c>, <c>EMAIL_ADDRESS</c> or <c>MANAGED_DOMAIN</c>.</summary>
    public string? IdentityType { get; init; }

    /// <summary><c>SUCCESS</c>, <c>PENDING</c>, <c>FAILED</c>, <c>TEMPORARY_FAILURE</c> or <c>NOT_STARTED</c>.</summary>
    public string? VerificationStatus { get; init; }

    /// <summary>Whether its owner has proved that it is theirs.</summary>
    public bool IsVerified => VerificationStatus == "SUCCESS";

    /// <summary>Whether mail may be sent by it.</summary>
    public bool SendingEnabled { get; init; }

    /// <summary>Whether its mail is signed with DKIM.</summary>
    public bool DkimEnabled { get; init; }

    /// <summary>Whether the DKIM records were found in the DNS: <c>SUCCESS</c>, <c>PENDING</c>, <c>FAILED</c>, <c>TEMPORARY_FAILURE</c> or <c>NOT_STARTED</c>.</summary>
    public string? DkimStatus { get; init; }

    /// <summary>The tokens of the DKIM records, or the selector of the owner's own key.</summary>
    public IReadOnlyList<string> DkimTokens { get; init; } = [];

    /// <summary>The domain that its mail says it comes from; null where that is SES's own.</summary>
    public string? MailFromDomain { get; init; }

    /// <summary>Whether the MX record of <see cref="MailFromDomain"/> was found: <c>SUCCESS</c>, <c>PENDING</c>, <c>FAILED</c> or <c>TEMPORARY_FAILURE</c>.</summary>
    public string? MailFromStatus { get; init; }

    /// <summary>The configuration set that its mail goes through where none is named.</summary>
    public string? ConfigurationSetName { get; init; }

    /// <summary>Whether bounces and complaints come back as mail.</summary>
    public bool FeedbackForwarding { get; init; }

    /// <summary>The names of the policies that let others send by it.</summary>
    public IReadOnlyList<string> Policies { get; init; } = [];

    /// <summary>Its tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public override string ToString() => IdentityName;
}
