using JadaSnapshot.Bench.Measuring;

namespace JadaSnapshot.Bench.Contenders;

/// <summary>Who is measured, each with its own defaults, and quiet.</summary>
internal static class AllContenders
{
    public const string Ours = "ours";

    public static IReadOnlyList<Contender> All { get; } =
    [
        new(Ours, "dotnet", [], (server, bucket, folder) =>
            Command.Self("sync", bucket, Path.GetDirectoryName(folder)!) with { Environment = server.Environment }),
        new("s5cmd cp", "s5cmd", ["version"], (server, bucket, folder) =>
            new Command("s5cmd", "--log", "error", "cp", $"s3://{bucket}/*", folder + "/") { Environment = With(server, "S3_ENDPOINT_URL", server.Endpoint) }),
        new("s5cmd sync", "s5cmd", ["version"], (server, bucket, folder) =>
            new Command("s5cmd", "--log", "error", "sync", $"s3://{bucket}/*", folder + "/") { Environment = With(server, "S3_ENDPOINT_URL", server.Endpoint) }),
        // Four transfers, its default, are for large files over slow lines.
        new("rclone copy", "rclone", ["version"], (server, bucket, folder) =>
            new Command("rclone", "copy", "--fast-list", "--transfers", "32", "--checkers", "32", $":s3,provider=Other,env_auth,force_path_style,region={server.Environment["AWS_REGION"]},endpoint='{server.Endpoint}':{bucket}", folder) { Environment = With(server, "RCLONE_CONFIG", "/dev/null") }),
        new("aws s3 sync", "aws", ["--version"], (server, bucket, folder) =>
            new Command("aws", "s3", "sync", "--only-show-errors", $"s3://{bucket}", folder) { Environment = server.Environment }),
    ];

    public static IReadOnlyList<Contender> Here { get; } = [.. All.Where(contender => contender.IsHere)];

    private static Dictionary<string, string> With(BenchServer server, string name, string value) => new(server.Environment) { [name] = value };
}
