using System.Text;
using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>Has CloudFront fetch paths anew (<see href="https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateInvalidation.html"/>).</summary>
public sealed class InvalidationRun(AwsConnection connection)
{
    private static readonly XNamespace Namespace = CloudFrontKinds.Namespace;

    /// <summary>Begins an invalidation, and waits for it.</summary>
    /// <param name="distributionId">The distribution.</param>
    /// <param name="paths">The paths, each beginning with a slash; at most 3,000, of which 15 may end in a star.</param>
    /// <param name="patience">How long to wait; zero for not at all.</param>
    /// <param name="onStatus">Is told how it stands.</param>
    /// <param name="cancel">Ends the waiting. An invalidation that was begun goes on.</param>
    /// <exception cref="ServiceException">CloudFront refuses.</exception>
    public async Task<Invalidation> RunAsync(string distributionId, IReadOnlyList<string> paths, TimeSpan patience, Action<Invalidation> onStatus, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(onStatus);
        var wire = connection.Wire(CloudFrontLayer.Service, connection.Region);
        var begun = Read(await wire.SendAsync(ToRequest(distributionId, paths), cancel));
        onStatus(begun);
        if (patience <= TimeSpan.Zero) return begun;
        var look = WireRequest.Get("GetInvalidation", WirePath.Of("/2020-05-31/distribution/{}/invalidation/{}", distributionId, begun.InvalidationId));
        return await Waiting.LookAsync(LookAsync, seen => seen.Status == "Completed", patience, cancel);

        async Task<Invalidation> LookAsync()
        {
            var seen = Read(await wire.SendAsync(look, cancel));
            onStatus(seen);
            return seen;
        }

        Invalidation Read(WireResponse response)
        {
            var invalidation = response.Body.ToXml();
            return new()
            {
                InvalidationId = invalidation.Text("Id") ?? "",
                DistributionId = distributionId,
                Status = invalidation.Text("Status"),
                CreatedAt = DateTimeOffset.TryParse(invalidation.Text("CreateTime"), out var created) ? created : null,
                Paths = paths,
            };
        }
    }

    // The reference is made once, so that a request whose answer was lost can be sent again.
    private static WireRequest ToRequest(string distributionId, IReadOnlyList<string> paths)
    {
        XElement batch = new(Namespace + "InvalidationBatch",
            new XElement(Namespace + "Paths",
                new XElement(Namespace + "Quantity", paths.Count),
                new XElement(Namespace + "Items", paths.Select(path => new XElement(Namespace + "Path", path)))),
            new XElement(Namespace + "CallerReference", $"jada-{Guid.NewGuid():n}"));
        return new()
        {
            Operation = "CreateInvalidation",
            Path = WirePath.Of("/2020-05-31/distribution/{}/invalidation", distributionId),
            Headers = [new("Content-Type", "application/xml")],
            Body = Encoding.UTF8.GetBytes(batch.ToString(SaveOptions.DisableFormatting)),
        };
    }
}
