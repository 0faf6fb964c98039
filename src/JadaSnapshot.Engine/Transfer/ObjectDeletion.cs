using System.Xml;
using System.Xml.Linq;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>Deletes objects, many with one request (<see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html"/>). In a versioned bucket they become noncurrent.</summary>
internal static class ObjectDeletion
{
    /// <summary>The most objects that one request deletes.</summary>
    public const int BatchSize = 1000;

    private static readonly XNamespace Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    /// <summary>Deletes at most <see cref="BatchSize"/> objects. What comes back is why some of them were not, by their keys.</summary>
    /// <exception cref="ServiceException">None of those that are named in XML could be deleted.</exception>
    public static async Task<IReadOnlyDictionary<string, ServiceException>> DeleteAsync(this S3Client s3, string bucket, IReadOnlyCollection<string> keys, CancellationToken cancel)
    {
        var failed = new Dictionary<string, ServiceException>(StringComparer.Ordinal);
        foreach (var key in keys.Where(key => !IsXml(key)))
        {
            try
            {
                await s3.ChangeAsync(new() { Operation = "DeleteObject", Method = HttpMethod.Delete, Bucket = bucket, Key = key }, cancel);
            }
            catch (ServiceException exception)
            {
                failed.Add(key, exception);
            }
        }
        string[] named = [.. keys.Where(IsXml)];
        if (named.Length == 0) return failed;
        foreach (var failure in await s3.ChangeAsync(CallFor(bucket, named), (response, answer) => Failures(bucket, response, answer), cancel)) failed[failure.Call.Key!] = s3.Failed(failure);
        return failed;
    }

    private static S3Call CallFor(string bucket, IEnumerable<string> keys)
    {
        var body = new XElement(Namespace + "Delete", keys.Select(key => new XElement(Namespace + "Object", new XElement(Namespace + "Key", key))), new XElement(Namespace + "Quiet", true)).ToBody();
        return new() { Operation = "DeleteObjects", Method = HttpMethod.Post, Bucket = bucket, Query = S3Path.Query(("delete", "")), Headers = () => [body.ToMd5Header()], Body = body };
    }

    private static List<S3Failure> Failures(string bucket, HttpResponseMessage response, XElement answer)
    {
        List<S3Failure> failures = [.. from error in answer.Elements()
                                       where error.Name.LocalName == "Error"
                                       select S3Failure.OfSuccess(response, error, new() { Operation = "DeleteObjects", Bucket = bucket, Key = CopyCall.Text(error, "Key") })];
        // To delete what is gone does no harm: all of it is tried again.
        return failures.Find(failure => failure.Remedy == S3Remedy.Wait) is { } passing ? throw passing : failures;
    }

    // Control characters may stand in keys, and in no XML 1.0.
    private static bool IsXml(string key) => !key.Any(char.IsControl) && key.All(letter => char.IsSurrogate(letter) || XmlConvert.IsXmlChar(letter));
}
