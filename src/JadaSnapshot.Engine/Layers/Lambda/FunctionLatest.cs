using System.Security.Cryptography;
using System.Text.Json;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>The unpublished version of a live function, which can be made any other. One call at a time: Lambda takes no second change before the first is over.</summary>
/// <param name="work">The function.</param>
/// <param name="configuration">The configuration that it has.</param>
internal sealed class FunctionLatest(RestoreWork work, JsonElement configuration)
{
    /// <summary>How large a package may be that a request brings along, in bytes.</summary>
    public const long LargestPackage = 50 << 20;

    private JsonElement _configuration = configuration;

    /// <summary>The path of the package of a version in the snapshot.</summary>
    public static string PackageOf(RestoreWork work, JsonElement configuration) =>
        configuration.Text("CodeSha256") is { } digest && $"code/{Convert.ToHexStringLower(Convert.FromBase64String(digest))}.zip" is var path && work.Has(path) ? path : "code.zip";

    /// <summary>Why the code of a version cannot be sent; null where it can.</summary>
    public static string? WhyNot(RestoreWork work, JsonElement described)
    {
        if (IsImage(described)) return null;
        var package = PackageOf(work, described.Member("Configuration"));
        if (work.SizeOf(package) is not { } size) return "the snapshot does not hold its code";
        return size > LargestPackage
            ? $"its code has {size >> 20:N0} MB, and a request brings 50 MB at most: put {package} into a bucket, and make the function with --code S3Bucket=…,S3Key=…; the same restore then brings back the rest"
            : null;
    }

    /// <summary>Makes code and configuration those of a version.</summary>
    /// <param name="described">What the snapshot says of the version.</param>
    /// <param name="withDescription">Whether its description is to be that of the function as well.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task BecomeAsync(JsonElement described, bool withDescription, CancellationToken cancel)
    {
        var (wanted, live) = (described.Member("Configuration"), _configuration);
        if (wanted.Text("CodeSha256") != _configuration.Text("CodeSha256") || !Architectures(wanted).IsSame(Architectures(_configuration)))
        {
            if (WhyNot(work, described) is { } reason) throw new NotSupportedException($"The code of {work.Name} cannot be sent: {reason}.");
            var code = await CodeAsync(work, described, cancel);
            await LambdaCalls.SendAsync(work, LambdaCalls.Request("UpdateFunctionCode", "PUT", LambdaService.PathOf(work.Name, "/code"), json =>
            {
                code(json);
                json.WriteVerbatim("Architectures", wanted.Member("Architectures"));
            }), cancel);
        }
        if (!FunctionRequest.AreAlike(wanted, _configuration, withDescription))
            await LambdaCalls.SendAsync(work, LambdaCalls.Request("UpdateFunctionConfiguration", "PUT", LambdaService.PathOf(work.Name, "/configuration"), json => FunctionRequest.WriteChanged(json, wanted, name => live.Member(name).ValueKind != JsonValueKind.Undefined, withDescription)), cancel);
        _configuration = wanted;
    }

    /// <summary>Writes the code of a version into a request.</summary>
    /// <exception cref="StoreException">It is not as it was captured, or not there.</exception>
    public static async Task<Action<Utf8JsonWriter>> CodeAsync(RestoreWork work, JsonElement described, CancellationToken cancel)
    {
        // A tag may mean another image today; the digest means the one that was captured.
        if (IsImage(described)) return json => json.WriteString("ImageUri", described.Member("Code").Text("ResolvedImageUri") ?? described.Member("Code").Text("ImageUri"));
        var configuration = described.Member("Configuration");
        var package = await work.ReadFileAsync(PackageOf(work, configuration), cancel);
        if (Convert.ToBase64String(SHA256.HashData(package)) != configuration.Text("CodeSha256")) throw new StoreException(StoreFault.IncompleteSource, $"The snapshot does not hold the code of {configuration.Text("FunctionArn")}.");
        return json => json.WriteBase64String("ZipFile", package);
    }

    private static bool IsImage(JsonElement described) => described.Member("Configuration").Text("PackageType") == "Image";

    private static JsonElement Architectures(JsonElement configuration) => configuration.Member("Architectures");
}
