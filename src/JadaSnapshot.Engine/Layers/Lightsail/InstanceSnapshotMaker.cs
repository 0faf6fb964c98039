using System.Globalization;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lightsail;

/// <summary>Has Lightsail make a snapshot of an instance, and waits until it is there.</summary>
internal sealed class InstanceSnapshotMaker(WireClient lightsail, TimeSpan patience, Action<string>? onProgress = null)
{
    private const int LongestName = 255;
    private const string Look = "GetInstanceSnapshot";

    /// <summary>A name that no other snapshot has: the instance and the moment (UTC).</summary>
    public static string NameFor(string instance, DateTimeOffset now)
    {
        var moment = now.UtcDateTime.ToString("-yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return instance[..Math.Min(instance.Length, LongestName - moment.Length)] + moment;
    }

    /// <returns>What Lightsail says of the snapshot in the end, and what kept it from being available.</returns>
    /// <exception cref="ServiceException">Lightsail refuses to make it, or to tell of it.</exception>
    public async Task<(byte[] Document, ServiceException? Trouble)> MakeAsync(string instance, string name, CancellationToken cancel)
    {
        await lightsail.SendAsync(JsonRequest.Of("CreateInstanceSnapshot", ("instanceName", instance), ("instanceSnapshotName", name)), cancel);
        var look = JsonRequest.Of(Look, ("instanceSnapshotName", name));
        var last = await Waiting.LookAsync(LookAsync, seen => seen.Json().Member("instanceSnapshot").Text("state") != "pending", patience, cancel);
        return (last.Body, last.Json().Member("instanceSnapshot").Text("state") switch
        {
            "available" => null,
            "pending" when patience <= TimeSpan.Zero => null,
            "pending" => Failed("TimedOut", $"The instance snapshot {name} is not there after {patience}. Lightsail goes on making it."),
            var state => Failed("InstanceSnapshotFailed", $"The instance snapshot {name} is in the state '{state}'."),
        });

        async Task<WireResponse> LookAsync()
        {
            var seen = await lightsail.SendAsync(look, cancel);
            onProgress?.Invoke($"{name}: {seen.Json().Member("instanceSnapshot").Text("progress") ?? "begun"}");
            return seen;
        }
    }

    private static ServiceException Failed(string code, string message) =>
        new(message) { Kind = FailureKind.ServiceFault, Code = code, Service = "lightsail", Operation = Look };
}
