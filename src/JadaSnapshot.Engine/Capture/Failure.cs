using System.Text.Json;
using System.Xml;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Capture;

/// <summary>Turns what went wrong into a line of <c>problems.jsonl</c>.</summary>
internal static class Failure
{
    /// <summary>The problem of a resource, or of one of the many items in it (a key).</summary>
    public static Problem ToProblem(Exception failure, Resource resource, string operation, string? item) =>
        ToProblem(failure, resource.Layer, operation, item is null ? resource.Name : $"{resource.Name}/{item}");

    public static Problem ToProblem(Exception failure, string layer, string operation, string resource) => failure switch
    {
        ServiceException service => new()
        {
            Layer = layer,
            Resource = resource,
            Operation = service.Operation,
            ErrorCode = service.Code,
            RequestId = service.RequestId,
            Message = service.Message,
            At = DateTimeOffset.UtcNow,
        },
        _ => new()
        {
            Layer = layer,
            Resource = resource,
            Operation = operation,
            ErrorCode = CodeOf(failure),
            Message = failure is JsonException or XmlException ? "The service's answer could not be read as the document that it should be." : failure.Message,
            At = DateTimeOffset.UtcNow,
        },
    };

    private static string CodeOf(Exception failure) => failure switch
    {
        Store.StoreException store => store.Fault.ToString(),
        Store.NameClashException => "NameClash",
        Layers.LocalFiles.LocalFileException local => local.Code,
        UnauthorizedAccessException => "LocalAccessDenied",
        PathTooLongException => "PathTooLong",
        JsonException or XmlException => "UnreadableDocument",
        IOException => "LocalInputOutput",
        _ => failure.GetType().Name,
    };
}
