using System.Management.Automation;

namespace JadaSnapshot.Errors;

/// <summary>A cmdlet was asked for something that it cannot do as asked.</summary>
/// <param name="errorId">The stable part of the error's <c>FullyQualifiedErrorId</c>.</param>
/// <param name="message">What is wrong.</param>
/// <param name="advice">What to do about it.</param>
/// <param name="innerException">What led to it.</param>
public sealed class UsageException(string errorId, string message, string advice, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The stable part of the error's <c>FullyQualifiedErrorId</c>.</summary>
    public string ErrorId { get; } = errorId;

    /// <summary>What to do about it.</summary>
    public string Advice { get; } = advice;

    /// <summary>The error's category.</summary>
    public ErrorCategory Category { get; init; } = ErrorCategory.InvalidArgument;
}
