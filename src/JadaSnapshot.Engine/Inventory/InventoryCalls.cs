using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.InventoryReports;
using JadaSnapshot.Engine.Layers.CloudFront;
using JadaSnapshot.Engine.Layers.S3;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Inventory;

/// <summary>
/// The calls of one inventory, never more at once than there are places. Those that wait go in the order in which they came, a page
/// of a listing at a time, so that small buckets are not held up by large ones.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Calls that are being cancelled still release their place; without a wait handle there is nothing to dispose of.")]
internal sealed class InventoryCalls(LayerContext context, ObjectListings listings, CancellationToken cancel)
{
    private readonly SemaphoreSlim _places = new(context.Options.ThrottleLimit);

    /// <summary>A document of a bucket's configuration; null where it is not set.</summary>
    public async Task<XElement?> ReadAsync(string bucket, string operation)
    {
        var part = BucketConfiguration.SubResources.First(part => part.Operation == operation);
        var call = new S3Call { Operation = operation, Bucket = bucket, Query = S3Path.Query((part.Parameter, "")) };
        try
        {
            var document = await InPlaceAsync(() => context.S3.GetDocumentAsync(call, cancel));
            return document.ToXml();
        }
        catch (ServiceException exception) when (part.NotSet.Contains(exception.Code))
        {
            return null;
        }
    }

    /// <summary>Where a bucket's listing comes from.</summary>
    public Task<ObjectListing> OpenListingAsync(string bucket) =>
        listings.LooksForReports ? InPlaceAsync(() => listings.OpenAsync(new(bucket), cancel)) : listings.OpenAsync(new(bucket), cancel);

    /// <summary>The objects of a bucket, page by page.</summary>
    public IAsyncEnumerable<IReadOnlyList<ListedObject>> ListObjectsAsync(string bucket) => context.S3.ListObjectPagesAsync(bucket, InPlaceAsync, cancel);

    /// <summary>The distributions of the account, page by page.</summary>
    public async IAsyncEnumerable<WireResponse> ListDistributionsAsync()
    {
        var cloudFront = context.Connection.Wire(CloudFrontLayer.Service);
        var list = CloudFrontKinds.Distributions.List;
        IReadOnlyList<KeyValuePair<string, string>>? next = null;
        do
        {
            var page = await InPlaceAsync(() => cloudFront.SendAsync(list.Request(next), cancel));
            yield return page;
            next = list.After(page);
        }
        while (next is not null);
    }

    private async Task<T> InPlaceAsync<T>(Func<Task<T>> call)
    {
        await _places.WaitAsync(cancel);
        try
        {
            return await call();
        }
        finally
        {
            _places.Release();
        }
    }
}
