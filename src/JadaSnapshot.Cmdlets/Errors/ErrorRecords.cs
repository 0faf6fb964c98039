using System.Management.Automation;
using JadaSnapshot.Engine.Estate;
using JadaSnapshot.Engine.Layers.AppsScript;
using JadaSnapshot.Engine.Layers.LocalFiles;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Errors;

/// <summary>What every failure looks like as an error record: its id, its category, and what to do about it.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord ToErrorRecord(this Exception exception, object? target) => exception switch
    {
        ServiceException service => service.ToServiceError(target),
        StoreException store => store.ToStoreError(target),
        UsageException usage => Record(usage, usage.ErrorId, usage.Category, target, usage.Advice),
        EstateFileException estate => Record(estate, "EstateFileInvalid", ErrorCategory.InvalidData, target ?? estate.Findings[0].File, "Mend the file; Test-JadaEstate checks it."),
        System.Security.Cryptography.CryptographicException crypt => Record(crypt, "CannotBeOpened", ErrorCategory.SecurityError, target, "Give the certificate with its private key (-Certificate), or have it in your own certificate store."),
        InvalidDataException invalid => Record(invalid, "DataInvalid", ErrorCategory.InvalidData, target, null),
        FileNotFoundException or DirectoryNotFoundException => Record(exception, "PathNotFound", ErrorCategory.ObjectNotFound, target, null),
        ItemNotFoundException missing => Record(missing, "PathNotFound", ErrorCategory.ObjectNotFound, target, null),
        UnauthorizedAccessException denied => Record(denied, "FileAccessDenied", ErrorCategory.PermissionDenied, target, "Check who owns the folder and its mode."),
        IOException io => Record(io, "FileError", ErrorCategory.WriteError, target, null),
        // Nobody can be asked where PowerShell is not interactive.
        PSInvalidOperationException or System.Management.Automation.Host.HostException => Record(exception, "ConfirmationImpossible", ErrorCategory.InvalidOperation, target, "Give -Confirm:$false where nobody can be asked, or -WhatIf to see what would be done."),
        _ => Record(exception, "Unexpected", ErrorCategory.NotSpecified, target, null),
    };

    public static ErrorRecord ToErrorRecord(this Problem problem)
    {
        var category = CategoryOf(problem.ErrorCode);
        return Record(new ProblemException(problem), "NotCaptured", category, problem, problem.Layer == AppsScriptLayer.LayerName ? null : AdviceFor(category, problem));
    }

    private static string? AdviceFor(ErrorCategory category, Problem problem) => category switch
    {
        ErrorCategory.PermissionDenied when problem.Layer == LocalFilesLayer.LayerName => "Check who owns the file and its mode.",
        ErrorCategory.PermissionDenied when problem.Operation == "S3PutObjectCopy" => "Allow the role of -BatchRole to read the object and to write its copy; docs/scale.md has the policy.",
        ErrorCategory.PermissionDenied => $"Allow the caller {problem.Layer}:{problem.Operation}, or leave the resource out.",
        ErrorCategory.ObjectNotFound when problem.Layer == LocalFilesLayer.LayerName => "Check the path.",
        ErrorCategory.ObjectNotFound => "Check the name and the region; it may have been deleted meanwhile.",
        ErrorCategory.LimitsExceeded when problem.ErrorCode == "DeleteLimit" => "Look at what would be deleted (-WhatIf), and raise -MaxDelete if it is right.",
        ErrorCategory.LimitsExceeded => "Wait, or lower -ThrottleLimit; something else may be using up the account's request budget.",
        ErrorCategory.InvalidData => "Run the same command again; what arrived is not what the service announced.",
        _ => null,
    };

    private static ErrorRecord ToServiceError(this ServiceException exception, object? target)
    {
        var (id, category, advice) = exception.Kind switch
        {
            FailureKind.NoCredentials => ("NoCredentials", ErrorCategory.AuthenticationError, (string?)null),
            FailureKind.BadCredentials => ("BadCredentials", ErrorCategory.AuthenticationError, "Renew the credentials (aws sso login, or a new access key) and check the clock of this machine."),
            FailureKind.Denied => ("AccessDenied", ErrorCategory.PermissionDenied, $"Allow the caller {exception.Service}:{exception.Operation}, or call with other credentials."),
            FailureKind.NotFound => ("NotFound", ErrorCategory.ObjectNotFound, "Check the name and the region."),
            FailureKind.Throttled => ("Throttled", ErrorCategory.LimitsExceeded, "Wait, or lower -ThrottleLimit; something else may be using up the account's request budget."),
            FailureKind.ServiceFault => ("ServiceFault", ErrorCategory.ResourceUnavailable, "Try again later."),
            FailureKind.Unreachable => ("EndpointUnreachable", ErrorCategory.ConnectionError, "Check -EndpointUrl (or AWS_ENDPOINT_URL), -Region and the network."),
            FailureKind.Invalid => ("RequestRefused", ErrorCategory.InvalidArgument, null),
            FailureKind.Corrupt => ("DataCorrupt", ErrorCategory.InvalidData, "Try again; the data that arrived is not what the service announced."),
            FailureKind.NoRegion => ("NoRegion", ErrorCategory.InvalidArgument, "Give -Region, or set AWS_REGION or a region in the profile."),
            _ => ("ServiceError", ErrorCategory.NotSpecified, null),
        };
        // What goes wrong with Google says itself what to do; the advice here is about AWS.
        return Record(exception, id, category, target, exception.Service == AppsScriptLayer.LayerName ? null : advice);
    }

    private static ErrorRecord ToStoreError(this StoreException exception, object? target) =>
        Record(exception, exception.Fault.ToString(), CategoryOf(exception.Fault), target, null);

    private static ErrorCategory CategoryOf(StoreFault fault) => fault switch
    {
        StoreFault.InvalidName => ErrorCategory.InvalidArgument,
        StoreFault.SnapshotExists => ErrorCategory.ResourceExists,
        StoreFault.StoreNotWritable => ErrorCategory.PermissionDenied,
        StoreFault.InUse => ErrorCategory.ResourceBusy,
        StoreFault.OtherOrder => ErrorCategory.InvalidOperation,
        StoreFault.UnfitBase => ErrorCategory.InvalidArgument,
        StoreFault.NotASnapshot => ErrorCategory.ObjectNotFound,
        StoreFault.DiskFull => ErrorCategory.WriteError,
        StoreFault.Damaged => ErrorCategory.InvalidData,
        StoreFault.DeleteLimit => ErrorCategory.LimitsExceeded,
        StoreFault.IncompleteSource => ErrorCategory.InvalidOperation,
        StoreFault.EmptySource => ErrorCategory.ObjectNotFound,
        StoreFault.OtherAccount => ErrorCategory.InvalidArgument,
        StoreFault.NotVersioned => ErrorCategory.InvalidOperation,
        StoreFault.NoObjectLock => ErrorCategory.InvalidOperation,
        StoreFault.UnknownFiles => ErrorCategory.ResourceExists,
        _ => ErrorCategory.NotSpecified,
    };

    private static ErrorCategory CategoryOf(string code) => code switch
    {
        _ when code.Contains("Denied", StringComparison.OrdinalIgnoreCase) || code.Contains("Forbidden", StringComparison.OrdinalIgnoreCase) => ErrorCategory.PermissionDenied,
        _ when code.Contains("NoSuch", StringComparison.OrdinalIgnoreCase) || code.Contains("NotFound", StringComparison.OrdinalIgnoreCase) => ErrorCategory.ObjectNotFound,
        _ when code.Contains("Throttl", StringComparison.OrdinalIgnoreCase) || code.Contains("TooManyRequests", StringComparison.OrdinalIgnoreCase) || code == "SlowDown" => ErrorCategory.LimitsExceeded,
        _ when code.Contains("Mismatch", StringComparison.OrdinalIgnoreCase) => ErrorCategory.InvalidData,
        "SERVICE_DISABLED" or "USER_API_DISABLED" or "ACCESS_TOKEN_SCOPE_INSUFFICIENT" => ErrorCategory.PermissionDenied,
        "UNAUTHENTICATED" or "ACCESS_TOKEN_EXPIRED" or "invalid_grant" or "invalid_client" => ErrorCategory.AuthenticationError,
        "NOT_FOUND" => ErrorCategory.ObjectNotFound,
        "RESOURCE_EXHAUSTED" => ErrorCategory.LimitsExceeded,
        "DiskFull" => ErrorCategory.WriteError,
        "DeleteLimit" => ErrorCategory.LimitsExceeded,
        "EmptySource" => ErrorCategory.ObjectNotFound,
        _ => ErrorCategory.ReadError,
    };

    private static ErrorRecord Record(Exception exception, string id, ErrorCategory category, object? target, string? advice) =>
        new(exception, id, category, target) { ErrorDetails = advice is null ? null : new(exception.Message) { RecommendedAction = advice } };
}
