using System.Text.Json;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>
/// An export of a table that DynamoDB made to S3, as its manifest tells of it
/// (<see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html"/>).
/// </summary>
public sealed record TableExportSource
{
    private const string Summary = "manifest-summary.json";

    /// <summary>Where it lies: <c>s3://bucket/prefix/AWSDynamoDB/id</c>.</summary>
    public required S3Place Place { get; init; }

    /// <summary>The name of the table that was exported.</summary>
    public required string TableName { get; init; }

    /// <summary>The region of that table.</summary>
    public required string Region { get; init; }

    /// <summary>How many items it holds.</summary>
    public required long ItemCount { get; init; }

    /// <summary>The form of its files: <c>DYNAMODB_JSON</c> or <c>ION</c>, compressed with gzip.</summary>
    public required string Format { get; init; }

    /// <summary>What the keys of its files begin with. Beside them lie the manifests, which hold no items.</summary>
    internal string DataPrefix => $"{Place.Prefix}data/";

    /// <summary>Reads the manifest of an export.</summary>
    /// <param name="connection">Who asks, and where.</param>
    /// <param name="address">The folder of the export, or its <c>manifest-summary.json</c>.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="StoreException">
    /// <see cref="StoreFault.InvalidName"/>: it is no address; <see cref="StoreFault.IncompleteSource"/>: no finished export lies there, or one of what was changed only;
    /// <see cref="StoreFault.Damaged"/>: the manifest cannot be read.
    /// </exception>
    /// <exception cref="ServiceException">S3 refuses.</exception>
    public static async Task<TableExportSource> ReadAsync(AwsConnection connection, string address, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(address);
        var place = PlaceOf(address);
        using var s3 = new S3Client(connection, 1);
        try
        {
            return Read(place, await s3.GetDocumentAsync(new() { Operation = "GetObject", Bucket = place.Bucket, Key = place.Prefix + Summary }, cancel));
        }
        catch (ServiceException exception) when (exception.Code == "NoSuchKey")
        {
            throw new StoreException(StoreFault.IncompleteSource, $"There is no finished export of a table at {place}: it has no {Summary}.", exception);
        }
    }

    /// <summary>Whether it is of this table.</summary>
    public bool IsOf(Resource table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.Name == TableName && table.Region == Region;
    }

    /// <inheritdoc/>
    public override string ToString() => Place.ToString();

    private static S3Place PlaceOf(string address)
    {
        try
        {
            return S3Place.Parse(address.EndsWith("/" + Summary, StringComparison.Ordinal) ? address[..^(Summary.Length + 1)] : address);
        }
        catch (StoreException exception)
        {
            throw new StoreException(StoreFault.InvalidName, $"'{address}' is not the place of an export. Give it as s3://bucket/prefix/AWSDynamoDB/id.", exception);
        }
    }

    private static TableExportSource Read(S3Place place, byte[] manifest)
    {
        JsonElement summary;
        try
        {
            summary = JsonElement.Parse(manifest);
        }
        catch (JsonException exception)
        {
            throw Unreadable(place, exception);
        }
        // arn:aws:dynamodb:us-west-2:123456789012:table/name
        if (summary.Text("tableArn")?.Split(':', 6) is not [_, _, _, var region, _, var table] || !table.StartsWith("table/", StringComparison.Ordinal) || summary.Number("itemCount") is not { } count) throw Unreadable(place, null);
        if (summary.Text("exportType") is "INCREMENTAL_EXPORT") throw new StoreException(StoreFault.IncompleteSource, $"The export at {place} holds only what was changed within a time. DynamoDB imports full exports.");
        return new() { Place = place, TableName = table["table/".Length..], Region = region, ItemCount = count, Format = summary.Text("outputFormat") ?? "DYNAMODB_JSON" };
    }

    private static StoreException Unreadable(S3Place place, Exception? inner) => new(StoreFault.Damaged, $"The {Summary} at {place} is not one that DynamoDB wrote.", inner);
}
