using System.Security.Cryptography;
using JadaSnapshot.Engine.Connections;

namespace JadaSnapshot.Engine.Wire;

/// <summary>
/// Calls one service in one region: a request in, the service's document out, byte for byte. Signs, waits for the service's
/// request budget, and repeats what failed in passing. Safe to use from many threads at once.
/// </summary>
public sealed class WireClient : IDisposable
{
    readonly AwsConnection connection;
    readonly WirePipeline pipeline;
    readonly ServiceFailures failures;

    internal WireClient(AwsConnection connection, AwsService service, string region)
    {
        this.connection = connection;
        Service = service;
        Region = region;
        Endpoint = connection.Endpoint(service, region);
        failures = new ServiceFailures(service, Endpoint, connection.Redaction);
        pipeline = new WirePipeline(connection.Credentials, new WireClientConfig(service, Endpoint, connection.SigningRegion(service, region), connection.Attempts, connection.Budgets));
    }

    /// <summary>The service that is called.</summary>
    public AwsService Service { get; }

    /// <summary>The region that is called. A service without regions answers for all.</summary>
    public string Region { get; }

    /// <summary>Where requests go.</summary>
    public Uri Endpoint { get; }

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <exception cref="ServiceException">The service said no, could not be reached, or its answer did not arrive whole, through every retry.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public async Task<WireResponse> SendAsync(WireRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var call = new WireCall(request);
        try
        {
            using var turn = await connection.Gate.EnterAsync(cancel);
            await connection.GetCredentialsAsync(cancel);
            return await pipeline.InvokeAsync(call, cancel);
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancel);
        }
        catch (Exception e)
        {
            throw failures.From(e, request);
        }
        finally
        {
            if (call.Attempts > 0)
                connection.Calls.Record(Service.SigningName, request.Operation, Region, call.OnTheWire, call.Attempts, connection.Calls.RemembersKeys ? Key(request) : null);
        }
    }

    /// <summary>Ends the client. Its connection does so for every client that it handed out.</summary>
    public void Dispose() => pipeline.Dispose();

    static string Key(WireRequest request)
    {
        var parameters = string.Join('&', request.Parameters.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
        var body = request.Body.IsEmpty ? "" : Convert.ToHexStringLower(SHA256.HashData(request.Body.Span));
        return $"{request.Method} {request.Path}?{parameters} {body}".TrimEnd();
    }
}
