using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Kms;

internal static class KmsPage
{
    private const int Most = 1000;

    public static SandboxResponse Of<T>(Call call, int usual, string list, IEnumerable<T> items, Func<T, string> key, Func<T, JsonObject> render)
    {
        var size = call.Json.Number("Limit") ?? usual;
        if (size is < 1 or > Most) throw KmsState.Invalid(Constraint.Failed($"{size}", "limit", $"Member must have value between 1 and {Most}"));
        var page = items.After(Marker.Open(call.Json.Text("Marker"), "InvalidMarkerException"), (int)size, key);
        return Json11Service.Reply(new JsonObject { [list] = JsonAnswer.List(page.Items.Select(render)) }
            .With("NextMarker", Marker.Seal(page.Marker)).With("Truncated", page.Marker is not null));
    }
}
