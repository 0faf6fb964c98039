using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using JadaSnapshot.Sandbox;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Pester.Tests;

/// <summary>
/// Sandboxes for the test files, all in this process: starting and compiling are paid for once. A connection gets one for as long as it stands:
/// it sends the program's arguments as a line of JSON and is told what the program tells.
/// </summary>
internal sealed class SandboxHouse : IAsyncDisposable
{
    private readonly TcpListener _door = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly Task _open;

    public SandboxHouse()
    {
        _door.Start();
        _open = OpenAsync();
    }

    public int Port => ((IPEndPoint)_door.LocalEndpoint).Port;

    private async Task OpenAsync()
    {
        List<Task> guests = [];
        try
        {
            while (true) guests.Add(ServeAsync(await _door.AcceptTcpClientAsync(_over.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(guests).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(TcpClient guest)
    {
        using var connection = guest;
        using StreamReader asked = new(guest.GetStream());
        await using StreamWriter told = new(guest.GetStream());
        var arguments = JsonSerializer.Deserialize<string[]>(await asked.ReadLineAsync(_over.Token) ?? "[]")!;
        await using var sandbox = await SandboxHost.StartAsync(SandboxCommand.Parse(arguments), _over.Token);
        await Banner.WriteAsync(sandbox, told);
        await asked.ReadLineAsync(_over.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _open;
        _door.Dispose();
        _over.Dispose();
    }
}
