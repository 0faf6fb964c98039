using System.Text.Json;
using System.Xml;
using JadaSnapshot.Engine.Report;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Capture;

/// <summary>Writes what is written last.</summary>
internal sealed class SummaryCapture(SnapshotWriter writer, ResourceSecrets secrets, Action<Problem> report)
{
    /// <summary>Writes every summary of which the snapshot has something to tell. One that fails is a problem of the snapshot, and the report is the last.</summary>
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
            Objects = captured.Sums.Objects,
            Read = writer.Read,
            Fingerprint = secrets.Fingerprint,
        };
        foreach (var summary in SummaryCatalog.All)
            await WriteAsync(summary.Path, () => summary.Write(estate), exception => exception is JsonException or XmlException or IOException, captured, cancel);
        // Last, because it tells of what the others met; and whatever is wrong with it, the snapshot is worth more.
        await WriteAsync(SnapshotReport.File, () => Report(estate, captured), exception => exception is not StoreException, captured, cancel);
    }

    private async Task WriteAsync(string path, Func<byte[]?> write, Func<Exception, bool> isProblem, CapturedFiles captured, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        try
        {
            if (write() is { } content) await writer.WriteAsync(SnapshotLayout.OwnFiles, path, content, cancel);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && isProblem(exception))
        {
            var problem = Failure.ToProblem(exception, SnapshotLayout.OwnLayer, "", path);
            captured.Add(problem);
            report(problem);
        }
    }

    private byte[] Report(CapturedEstate estate, CapturedFiles captured) => SnapshotReport.Write(new(estate.Documents)
    {
        Snapshot = writer.Describe(captured),
        Resources = estate.Resources,
        Sums = captured.Sums,
        Read = estate.Read,
    });
}
