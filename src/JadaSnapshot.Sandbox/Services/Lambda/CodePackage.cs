using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lambda;

/// <summary>Takes code from a request: the zip itself, an object in S3, or an image.</summary>
internal static class CodePackage
{
    private const int MostUploadBytes = 52_428_800;
    private const long MostUnzippedBytes = 262_144_000;

    /// <exception cref="SandboxException">There is no code, or it is no zip.</exception>
    public static async ValueTask<Code> TakeAsync(SandboxWorld world, Call call, JsonObject from, CancellationToken cancel)
    {
        if (from.Bytes("ZipFile") is { } zip)
            return zip.Length <= MostUploadBytes
                ? Check(zip)
                : throw new SandboxException(413, "RequestEntityTooLargeException", $"Request must be smaller than {MostUploadBytes} bytes for the operation");
        if (from.Text("S3Bucket") is { } bucket)
            return Check(await S3Code.ReadAsync(world, call.Request, bucket, from.Need("S3Key"), from.Text("S3ObjectVersion"), cancel).ConfigureAwait(false));
        if (from.Text("ImageUri") is { Length: > 0 } image)
            return new Code([], Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(image))), image);
        throw LambdaErrors.InvalidParameter("Please provide a source for function code.");
    }

    private static Code Check(byte[] zip)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
            if (archive.Entries.Count == 0) throw LambdaErrors.InvalidParameter("Uploaded file must be a non-empty zip");
            if (archive.Entries.Sum(entry => entry.Length) > MostUnzippedBytes) throw LambdaErrors.InvalidParameter($"Unzipped size must be smaller than {MostUnzippedBytes} bytes");
        }
        catch (InvalidDataException)
        {
            throw LambdaErrors.InvalidParameter("Could not unzip uploaded file. Please check your file, then try to upload again.");
        }
        return new Code(zip, Convert.ToBase64String(SHA256.HashData(zip)));
    }
}
