using System.Text.Json;
using JadaSnapshot.Sandbox.Hosting.Faults;
using JadaSnapshot.Sandbox.Services.S3;

namespace JadaSnapshot.Sandbox.Hosting;

/// <summary>What a test of another language drives a sandbox with: <c>/_sandbox/requests</c>, <c>/_sandbox/faults</c> and <c>/_sandbox/inventories</c>.</summary>
internal sealed class ControlPages(SandboxHost host)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public Task AnswerAsync(HttpContext context, string path) => (context.Request.Method, path) switch
    {
        ("GET", "/_sandbox/requests") => WriteAsync(context, new
        {
            Total = host.Requests.Total,
            Counts = host.Requests.Counts.OrderBy(count => count.Key).ToDictionary(count => $"{count.Key.Service}:{count.Key.Operation}", count => count.Value),
            Requests = host.Requests.Entries,
        }),
        ("DELETE", "/_sandbox/requests") => DoAsync(context, host.Requests.Clear),
        ("GET", "/_sandbox/faults") => WriteAsync(context, host.Faults.All.Select(fault => fault.ToString())),
        ("POST", "/_sandbox/faults") => AddFaultAsync(context),
        ("DELETE", "/_sandbox/faults") => DoAsync(context, host.Faults.Clear),
        ("POST", "/_sandbox/inventories") => DeliverAsync(context),
        _ => RefuseAsync(context, 404, "There are GET and DELETE of /_sandbox/requests, GET, POST and DELETE of /_sandbox/faults, and POST of /_sandbox/inventories."),
    };

    /// <summary>The body is one fault as on the command line: <c>service=s3,operation=GetObject,kind=reset</c>.</summary>
    private async Task AddFaultAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        try
        {
            host.Faults.Add(Fault.Parse((await reader.ReadToEndAsync(context.RequestAborted)).Trim()));
            context.Response.StatusCode = 204;
        }
        catch (FormatException exception)
        {
            await RefuseAsync(context, 400, exception.Message);
        }
    }

    /// <summary>The body is the name of a bucket whose inventory reports are due; behind a blank, a bucket to which a daily one is ordered first.</summary>
    private async Task DeliverAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var words = (await reader.ReadToEndAsync(context.RequestAborted)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        try
        {
            var s3 = host.World.Get<S3Service>();
            if (words is [var source, var destination]) s3.OrderInventory(source, destination);
            await WriteAsync(context, s3.DeliverInventory(words.FirstOrDefault() ?? ""));
        }
        catch (SandboxException exception)
        {
            await RefuseAsync(context, exception.Status, exception.Message);
        }
    }

    private static Task DoAsync(HttpContext context, Action action)
    {
        action();
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(message + "\n", context.RequestAborted);
    }

    private static Task WriteAsync<T>(HttpContext context, T value) => context.Response.WriteAsJsonAsync(value, Json, context.RequestAborted);
}
