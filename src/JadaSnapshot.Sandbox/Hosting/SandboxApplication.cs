using System.Diagnostics;
using System.Security.Cryptography;
using JadaSnapshot.Sandbox.Hosting.Faults;
using JadaSnapshot.Sandbox.Hosting.Signing;
using JadaSnapshot.Sandbox.Services.S3;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace JadaSnapshot.Sandbox.Hosting;

/// <summary>What every request goes through: latency, signature, operation, fault, budget, service, answer, log.</summary>
internal sealed class SandboxApplication(SandboxHost host) : IHttpApplication<HttpContext>
{
    private readonly SignatureCheck _signatures = new(host.World);
    private readonly OldLink _oldLinks = new(host.World);
    private readonly Budgets _budgets = new(host.Options.Clock);
    private readonly ControlPages _control = new(host);
    private readonly ISandboxLinks[] _links = [.. host.World.Services.OfType<ISandboxLinks>()];
    private readonly ITokenService[] _tokenServices = [.. host.World.Services.OfType<ITokenService>()];
    private readonly UnknownService _unknown = new();

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var (path, query) = RequestTarget.Split(target);
        if (path.StartsWith("/_sandbox/", StringComparison.Ordinal))
        {
            await _control.AnswerAsync(context, path);
            return;
        }

        var started = Stopwatch.GetTimestamp();
        var visit = new Visit(target, host.Requests.NextSequence(), host.World.Clock.GetUtcNow());
        try
        {
            SandboxResponse answer;
            try
            {
                answer = await AnswerAsync(context, path, query, visit);
            }
            finally
            {
                // Before the answer leaves, so that whoever has it finds it here.
                host.Requests.Add(new(visit.Sequence, visit.Service?.Name ?? "", visit.Request?.Operation ?? "", visit.Request?.Region ?? "",
                    context.Request.Method, RequestLog.WithoutSecrets(target), visit.Status, visit.Started, Stopwatch.GetElapsedTime(started), visit.Fault?.Kind.ToString(), visit.BodyHash));
            }
            if (visit.Fault is { Kind: FaultKind.Reset or FaultKind.Drop }) ResponseSender.Reset(context);
            else await ResponseSender.SendAsync(context, visit, answer, context.RequestAborted);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or BadHttpRequestException)
        {
            context.Abort();
        }
    }

    private async Task<SandboxResponse> AnswerAsync(HttpContext context, string path, string query, Visit visit)
    {
        var cancel = context.RequestAborted;
        var body = await RequestBody.ReadAsync(context.Request, cancel);
        if (body.Length > 0) visit.BodyHash = Convert.ToHexStringLower(SHA256.HashData(body));
        if (host.Options.Latency > TimeSpan.Zero) await Task.Delay(host.Options.Latency, cancel);

        SandboxResponse response;
        try
        {
            visit.Request = new()
            {
                Method = context.Request.Method,
                RawPath = path,
                Query = RequestTarget.ParseQuery(query),
                Headers = context.Request.Headers,
                Body = body,
                Region = host.Region,
                Endpoint = host.Endpoint,
                RequestId = RequestIds.New(),
            };
            response = await HandleAsync(visit, body, cancel);
        }
        catch (SandboxException refusal)
        {
            response = (visit.Service ?? _unknown).Render(visit.Request!, refusal);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            response = (visit.Service ?? _unknown).Render(visit.Request!, new(500, "InternalError", $"The sandbox itself failed: {failure}"));
        }
        if (visit is { Service: { } service, Request: { } asked }) host.Options.OnAnswer?.Invoke(service, asked, response);
        if (visit.Fault is not { Kind: FaultKind.Reset or FaultKind.Drop }) visit.Status = response.Status;
        return response;
    }

    private ValueTask<SandboxResponse> HandleAsync(Visit visit, byte[] body, CancellationToken cancel)
    {
        var request = visit.Request!;
        if (request.RawPath.StartsWith("/_links/", StringComparison.Ordinal)) return FetchLinkAsync(visit, cancel);

        ISandboxService service;
        if (Array.Find(_tokenServices, known => known.Recognises(request)) is { } tokenService)
        {
            service = visit.Service = tokenService;
            tokenService.Admit(request);
        }
        else if (OldLink.Is(request))
        {
            service = visit.Service = host.World.Get<S3Service>();
            request = visit.Request = Signed(request, region: "", _oldLinks.Prove(request));
        }
        else
        {
            var authorization = Authorization.Read(request.Headers, request.Query) ?? throw UnknownService.Unsigned(request);
            service = visit.Service = host.World.Find(authorization.Service, request) ?? throw UnknownService.Named(authorization.Service);
            request = visit.Request = Prove(service, request, authorization, body);
        }
        request.Operation = service.Identify(request);
        RequireAllowed(service, request);
        return FaultedAsync(visit, service, token => service.HandleAsync(visit.Request!, token), cancel);
    }

    private static void RequireAllowed(ISandboxService service, SandboxRequest request)
    {
        if (request.Caller?.Policy is not { } policy) return;
        foreach (var need in service.NeedsOf(request))
            if (!policy.Allows(need)) throw FaultErrors.Denied(service, request, need);
    }

    private SandboxRequest Prove(ISandboxService service, SandboxRequest bare, Authorization authorization, byte[] body)
    {
        try
        {
            var caller = _signatures.Identify(authorization);
            return _signatures.Prove(Signed(bare, authorization.Region, caller), authorization, caller, body);
        }
        catch (SandboxException refusal)
        {
            throw Refusals.For(service.Name, bare, refusal);
        }
    }

    private static SandboxRequest Signed(SandboxRequest bare, string region, SandboxCredential caller) => new()
    {
        Method = bare.Method,
        RawPath = bare.RawPath,
        Query = bare.Query,
        Headers = bare.Headers,
        Body = bare.Body,
        Region = region,
        Endpoint = bare.Endpoint,
        RequestId = bare.RequestId,
        Caller = caller,
    };

    private ValueTask<SandboxResponse> FetchLinkAsync(Visit visit, CancellationToken cancel)
    {
        var links = Array.Find(_links, links => visit.Request!.RawPath.StartsWith(links.PathPrefix, StringComparison.Ordinal))
            ?? throw new SandboxException(404, "NoSuchLink", "No service hands out such links.");
        var service = visit.Service = (ISandboxService)links;
        visit.Request!.Operation = "FetchLink";
        return FaultedAsync(visit, service, token => links.FetchAsync(visit.Request, token), cancel);
    }

    private async ValueTask<SandboxResponse> FaultedAsync(Visit visit, ISandboxService service, Func<CancellationToken, ValueTask<SandboxResponse>> handle, CancellationToken cancel)
    {
        var request = visit.Request!;
        visit.Fault = host.Faults.Meet(service.Name, request.Operation, visit.Target);
        if (visit.Fault is { } fault)
        {
            if (fault.Kind is FaultKind.Delay) await Task.Delay(fault.Delay, cancel);
            if (FaultErrors.Of(fault, service, request) is { } refusal) throw refusal;
            if (fault.Kind is FaultKind.Drop) return new();
            request.IsHalved = fault.Kind is FaultKind.Partial;
        }
        if (host.Options.Budgets && !_budgets.Grants(service, request.Region, request.Operation)) throw service.Throttled;
        return await handle(cancel);
    }
}

/// <summary>One request on its way through.</summary>
internal sealed class Visit(string target, long sequence, DateTimeOffset started)
{
    public string Target { get; } = target;
    public long Sequence { get; } = sequence;
    public DateTimeOffset Started { get; } = started;
    public ISandboxService? Service { get; set; }
    public SandboxRequest? Request { get; set; }
    public Fault? Fault { get; set; }
    public int Status { get; set; }
    public string BodyHash { get; set; } = "";
}
