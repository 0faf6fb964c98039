using JadaSnapshot.Sandbox.Hosting.Access;

namespace JadaSnapshot.Sandbox.Hosting;

/// <summary>One AWS service of the sandbox. It sees requests whose signature has been checked, and knows nothing of HTTP's transport.</summary>
public interface ISandboxService
{
    /// <summary>The name in the credential scope of a signature: <c>s3</c>, <c>lambda</c>, <c>cloudfront</c>, …</summary>
    string SigningName { get; }

    /// <summary>What it is called here, as by botocore: another name than <see cref="SigningName"/> only where two services share that one (<c>apigatewayv2</c>).</summary>
    string Name => SigningName;

    /// <summary>Whether a request that is signed for <see cref="SigningName"/> is meant for this service.</summary>
    bool Answers(SandboxRequest request) => true;

    /// <summary>Says which operation a request is, in the service's own term (<c>GetObject</c>), before it is handled: budgets, faults and the log go by it.</summary>
    /// <exception cref="SandboxException">The request is none that the sandbox knows.</exception>
    string Identify(SandboxRequest request);

    /// <summary>What the caller of a request that <see cref="Identify"/> knew has to be allowed: mostly the action that is called as the operation is.</summary>
    IEnumerable<AccessNeed> NeedsOf(SandboxRequest request) => [AccessNeed.Of(SigningName, request.Operation)];

    /// <summary>Answers a request that <see cref="Identify"/> knew (<see cref="SandboxRequest.Operation"/> is set).</summary>
    /// <exception cref="SandboxException">The service refuses, with its own code.</exception>
    ValueTask<SandboxResponse> HandleAsync(SandboxRequest request, CancellationToken cancel);

    /// <summary>Writes an error as this service writes errors (XML, JSON, headers).</summary>
    SandboxResponse Render(SandboxRequest request, SandboxException error);

    /// <summary>The code and status with which this service throttles (<c>SlowDown</c> 503, <c>TooManyRequestsException</c> 429, <c>Throttling</c> 400, …).</summary>
    SandboxException Throttled { get; }

    /// <summary>Requests a second that the service grants an account, for an operation; null for no limit.</summary>
    double? RequestsPerSecond(string operation);

    /// <summary>What names the budget that an operation draws on, where the service grants several of the same rate.</summary>
    string BudgetOf(string operation) => "";
}
