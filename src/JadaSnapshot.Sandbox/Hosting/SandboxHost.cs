using System.Net;
using System.Text;
using JadaSnapshot.Sandbox.Estate;
using JadaSnapshot.Sandbox.Hosting.Faults;
using JadaSnapshot.Sandbox.Services.AppsScript;
using JadaSnapshot.Sandbox.Services.Iam;
using JadaSnapshot.Sandbox.Services.S3;
using JadaSnapshot.Sandbox.Services.S3Control;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace JadaSnapshot.Sandbox.Hosting;

/// <summary>A running sandbox: an AWS estate and its Apps Script projects, which answer on 127.0.0.1 over plain HTTP/1.1.</summary>
public sealed class SandboxHost : IAsyncDisposable
{
    private readonly KestrelServer _server;

    private SandboxHost(SandboxOptions options)
    {
        Options = options;
        World = new(options.Seed, options.Clock, options.Account) { Settling = options.Settling };
        World.AddServices();
        foreach (var fault in options.Faults) Faults.Add(fault);
        World.Credentials.Add(new()
        {
            AccessKey = AccessKey,
            SecretKey = SecretKey,
            Arn = $"arn:aws:iam::{World.Account}:user/jada-operator",
            UserId = "AIDAJADASANDBOXUSER01",
        });
        foreach (var credential in options.Credentials) World.Credentials.Add(credential);
        foreach (var bucket in options.SyntheticBuckets) World.Get<S3Service>().Add(bucket);
        foreach (var bucket in options.LockedBuckets) World.Get<S3Service>().AddLocked(bucket, options.Region);
        var kestrel = new KestrelServerOptions
        {
            AddServerHeader = false,
            RequestHeaderEncodingSelector = _ => Encoding.Latin1,
            ResponseHeaderEncodingSelector = _ => Encoding.Latin1,
            Limits =
            {
                MaxRequestBodySize = null,
                MaxRequestLineSize = 64 * 1024,
                MaxRequestBufferSize = 1024 * 1024,
                MinRequestBodyDataRate = null,
                MinResponseDataRate = null,
                KeepAliveTimeout = TimeSpan.FromMinutes(10),
            },
        };
        kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        _server = new(Microsoft.Extensions.Options.Options.Create(kestrel),
            new SocketTransportFactory(Microsoft.Extensions.Options.Options.Create(new SocketTransportOptions { Backlog = 1024 }), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
    }

    /// <summary>How it was started.</summary>
    public SandboxOptions Options { get; }

    /// <summary>Where it answers: <c>http://127.0.0.1:PORT</c>.</summary>
    public string Endpoint => World.Endpoint;

    /// <summary>The access key id of the main pair.</summary>
    public string AccessKey => IsOfEstate ? "AKIAJADASANDBOX00001" : $"AKIAJADA{World.Account}";

    /// <summary>The secret of the main pair. It opens nothing but a sandbox.</summary>
    public string SecretKey => IsOfEstate ? "jadaSandboxOnlyOpensThisLoopbackEstate01" : $"jadaSandboxOnlyOpensAccount+{World.Account}";

    private bool IsOfEstate => World.Account == SandboxWorld.EstateAccount;

    /// <summary>An OAuth access token for the Apps Script API that never expires. It opens nothing but a sandbox.</summary>
    public string GoogleAccessToken => OAuthTokens.AccessToken;

    /// <summary>What <c>clasp login</c> keeps in <c>~/.clasprc.json</c>, for this sandbox; the access token that it holds is to be refreshed.</summary>
    public string ClaspCredentials => OAuthTokens.ClaspCredentials();

    /// <summary>The region that callers should start from.</summary>
    public string Region => Options.Region;

    /// <summary>What it holds.</summary>
    public SandboxWorld World { get; }

    /// <summary>What goes wrong on purpose.</summary>
    public FaultList Faults => World.Faults;

    /// <summary>What has been asked of it.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>Builds the estate and listens.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SandboxHost> StartAsync(SandboxOptions options, CancellationToken cancel = default)
    {
        var host = new SandboxHost(options);
        try
        {
            if (options.Estate is SandboxEstate.Full) await EstateBuilder.BuildAsync(host.World, options.Seed, cancel);
            foreach (var role in options.BatchRoles) await RoleOperations.CreateAsync(host.World, role, S3ControlService.Principal, cancel);
            await host._server.StartAsync(new SandboxApplication(host), cancel);
            host.World.Endpoint = host._server.Features.Get<IServerAddressesFeature>()!.Addresses.Single();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops listening and cuts what is open.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
    }
}
