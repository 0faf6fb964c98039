using System.Text.Json;
using System.Xml;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Capture;

/// <summary>Writes what is written last.</summary>
internal sealed class SummaryCapture(SnapshotWriter writer, ResourceSecrets secrets, Action<Problem> report)
{
    /// <summary>Writes every summary of which the snapshot has something to tell. One that fails is a problem of the snapshot.</summary>
    public async Task RunAsync(string name, string account, IReadOnlyCollection<string> layers, IEnumerable<Resource> resources, CancellationToken cancel)
    {
        var captured = writer.Captured();
        var estate = new CapturedEstate
        {
            Name = name,
            Account = account,
            Layers = layers,
            Resources = [.. resources.OrderBy(resource => resource.Key, StringComparer.Ordinal)],
            Documents = [.. captured.Documents.Select(document => document.Path)],
            Objects = captured.Objects,
            Read = writer.Read,
            Fingerprint = secrets.Fingerprint,
        };
        foreach (var summary in SummaryCatalog.All)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                if (summary.Write(estate) is { } content) await writer.WriteAsync(SnapshotLayout.OwnFiles, summary.Path, content, cancel);
            }
            catch (Exception exception) when (exception is JsonException or XmlException or IOException)
            {
                report(Failure.ToProblem(exception, SnapshotLayout.OwnLayer, "", summary.Path));
            }
        }
    }
}
