using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace JadaSnapshot.Engine.Store;

/// <summary>How everything in a store is written as JSON: camel case, no nulls, enums by name, times in UTC, text as it is.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(ManifestEntry))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Resource))]
[JsonSerializable(typeof(SnapshotDescription))]
[JsonSerializable(typeof(JournalLine))]
[JsonSerializable(typeof(SortItem))]
[JsonSerializable(typeof(Sync.SyncLine))]
[JsonSerializable(typeof(Batch.PlannedCopy))]
[JsonSerializable(typeof(Batch.FailedTask))]
[JsonSerializable(typeof(Transfer.ListedVersion))]
[JsonSerializable(typeof(Kept.KeptObject))]
[JsonSerializable(typeof(Layers.Lambda.EnvironmentDocument))]
[JsonSerializable(typeof(Layers.LocalFiles.LocalItem))]
[JsonSerializable(typeof(Layers.LocalFiles.Git.RepositoryDocument))]
[JsonSerializable(typeof(Layers.Lambda.EnvironmentManifest))]
[JsonSerializable(typeof(Layers.Secrets.SecretsManifest))]
[JsonSerializable(typeof(Layers.Route53.ZoneFiles.ZoneLoss))]
internal sealed partial class StoreJsonContext : JsonSerializerContext;

/// <summary>The two ways in which documents are laid out.</summary>
internal static class StoreJson
{
    /// <summary>One line a document. Characters beyond ASCII stay readable.</summary>
    internal static StoreJsonContext Lines { get; } =
        new(new(StoreJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>For a document that people open.</summary>
    internal static StoreJsonContext Pages { get; } =
        new(new(StoreJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true, NewLine = "\n" });
}

/// <summary>ISO 8601 in UTC with as many digits as there are.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset().ToUniversalTime();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
}
