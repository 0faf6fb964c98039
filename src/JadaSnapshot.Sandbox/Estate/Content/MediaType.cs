namespace JadaSnapshot.Sandbox.Estate.Content;

internal static class MediaType
{
    public static string Of(string key) => Path.GetExtension(key) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css",
        ".js" or ".mjs" => "text/javascript",
        ".json" or ".webmanifest" => "application/json",
        ".jsonl" => "application/x-ndjson",
        ".xml" => "application/xml",
        ".txt" or ".log" or ".md" => "text/plain; charset=utf-8",
        ".csv" => "text/csv",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".mp4" => "video/mp4",
        ".woff2" => "font/woff2",
        ".zip" => "application/zip",
        ".gz" => "application/gzip",
        ".tar" => "application/x-tar",
        ".pdf" => "application/pdf",
        ".py" => "text/x-python",
        _ => "binary/octet-stream",
    };
}
