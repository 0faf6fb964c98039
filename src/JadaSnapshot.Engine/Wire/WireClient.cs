using System.Security.Cryptography;
using JadaSnapshot.Engine.Connections;

namespace JadaSnapshot.Engine.Wire;

/// <summary>
/// Calls one service in one region: a request in, the service's document out, byte for byte. Signs, waits for the service's
/// request budget, and repeats what failed in passing. Safe to use from many threads at once.
/// </summary>
public sealed class WireClient : IDisposable
{
    private readonly AwsConnection _connection;
    private readonly WirePipeline _pipeline;
    private readonly ServiceFailures _failures;

    internal WireClient(AwsConnection connection, AwsService service, string region)
    {
        _connection = connection;
        Service = service;
        Region = region;
        Endpoint = _connection.Endpoint(service, region);
        _failures = new ServiceFailures(service, Endpoint, _connection.Redaction);
        _pipeline = new WirePipeline(_connection.Credentials, new WireClientConfig(service, Endpoint, _connection.SigningRegion(service, region), _connection.Attempts, _connection.Budgets));
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
            using var turn = await _connection.Gate.EnterAsync(cancel);
            await _connection.GetCredentialsAsync(cancel);
            return await _pipeline.InvokeAsync(call, cancel);
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancel);
        }
        catch (Exception e)
        {
            throw _failures.From(e, request);
        }
        finally
        {
            if (call.Attempts > 0)
                _connection.Calls.Record(Service.SigningName, request.Operation, Region, call.OnTheWire, call.Attempts, _connection.Calls.RemembersKeys ? Key(request) : null);
        }
    }

    /// <summary>Ends the client. Its connection does so for every client that it handed out.</summary>
    public void Dispose() => _pipeline.Dispose();

    private static string Key(WireRequest request)
    {
        var parameters = string.Join('&', request.Parameters.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
        var body = request.Body.IsEmpty ? "" : Convert.ToHexStringLower(SHA256.HashData(request.Body.Span));
        return $"{request.Method} {request.Path}?{parameters} {body}".TrimEnd();
    }
}
