namespace JadaSnapshot.Sandbox.Hosting.Signing;

/// <summary>Says S3's refusals in the words of the other protocols.</summary>
internal static class Refusals
{
    private static readonly HashSet<string> XmlServices = ["sts", "iam", "cloudfront", "route53", "ses"];

    public static SandboxException For(string service, SandboxRequest request, SandboxException refusal)
    {
        if (service is "s3" or "s3control") return refusal;
        var isXml = XmlServices.Contains(service);
        var code = isXml ? XmlCode(refusal.Code) : JsonCode(refusal.Code);
        var status = isXml || request.Headers["x-amz-target"].Count == 0 ? 403 : 400;
        return new(status, code, Message(refusal, isXml));
    }

    private static string XmlCode(string code) => code switch
    {
        "InvalidAccessKeyId" or "InvalidToken" => "InvalidClientTokenId",
        "RequestTimeTooSkewed" or "XAmzContentSHA256Mismatch" => "SignatureDoesNotMatch",
        "AuthorizationHeaderMalformed" or "AuthorizationQueryParametersError" => "IncompleteSignature",
        _ => code,
    };

    private static string JsonCode(string code) => code switch
    {
        "InvalidAccessKeyId" or "InvalidToken" => "UnrecognizedClientException",
        "ExpiredToken" => "ExpiredTokenException",
        "AccessDenied" => "AccessDeniedException",
        "AuthorizationHeaderMalformed" or "AuthorizationQueryParametersError" => "IncompleteSignatureException",
        "SignatureDoesNotMatch" or "RequestTimeTooSkewed" or "XAmzContentSHA256Mismatch" => "InvalidSignatureException",
        _ => code,
    };

    private static string Message(SandboxException refusal, bool isXml) => refusal.Code switch
    {
        "InvalidAccessKeyId" or "InvalidToken" => "The security token included in the request is invalid.",
        "ExpiredToken" => "The security token included in the request is expired",
        "RequestTimeTooSkewed" => $"Signature expired: {refusal.Details[0].Value} is now earlier or later than {refusal.Details[1].Value} by more than 15 min.",
        "SignatureDoesNotMatch" when !isXml => "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
        _ => refusal.Message,
    };
}
