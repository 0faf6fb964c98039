using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Access;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

/// <summary>What the caller of an export or import has to be allowed beside it: DynamoDB reads and writes S3, and writes logs, with the caller's permissions.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport_Requesting.html and
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataImport.Requesting.html
/// </remarks>
internal static class ExportNeeds
{
    private static readonly string[] Logging =
        ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents", "logs:PutRetentionPolicy"];

    public static IEnumerable<AccessNeed> Of(SandboxRequest request)
    {
        switch (request.Operation)
        {
            case "ExportTableToPointInTime":
                var asked = JsonBody.Parse(request.Body.Span);
                var folder = $"arn:aws:s3:::{asked.Need("S3Bucket")}/{(asked.Text("S3Prefix") is { } prefix ? prefix + "/" : "")}AWSDynamoDB/";
                return ((string[])["s3:AbortMultipartUpload", "s3:PutObject", "s3:PutObjectAcl"]).Select(action => new AccessNeed(action, folder));
            case "ImportTable" when JsonBody.Parse(request.Body.Span).Part("S3BucketSource") is { } source:
                var bucket = $"arn:aws:s3:::{source.Need("S3Bucket")}";
                return
                [
                    new("s3:ListBucket", bucket, new KeyValuePair<string, string>("s3:prefix", source.Text("S3KeyPrefix") ?? "")), new("s3:GetObject", $"{bucket}/{source.Text("S3KeyPrefix")}"),
                    .. Logging.Select(action => new AccessNeed(action, $"arn:aws:logs:{request.Region}:{request.Caller?.Arn.Split(':')[4]}:log-group:{TableImport.LogGroup}:*")),
                ];
            default: return [];
        }
    }
}
