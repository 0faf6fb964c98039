using System.Security.Cryptography;
using System.Text;

namespace JadaSnapshot.Bench.Scenarios;

/// <summary>Holds every contender's copy against the first one's: the same names with the same bytes.</summary>
internal sealed class CopyCheck(int files, long bytes)
{
    private string? _first;

    public async Task CheckAsync(string folder)
    {
        var copied = new DirectoryInfo(folder).GetFiles("*", SearchOption.AllDirectories);
        if (copied.Length != files || copied.Sum(file => file.Length) != bytes)
            throw new InvalidOperationException($"{folder} holds {copied.Length} files of {copied.Sum(file => file.Length)} bytes instead of {files} of {bytes}.");
        var digest = await DigestAsync(folder, copied);
        if (digest != (_first ??= digest)) throw new InvalidOperationException($"The files in {folder} are not the bytes of the others.");
    }

    private static async Task<string> DigestAsync(string folder, FileInfo[] files)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.OrderBy(file => file.FullName, StringComparer.Ordinal))
        {
            await using var content = file.OpenRead();
            all.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, file.FullName)));
            all.AppendData(await SHA256.HashDataAsync(content));
        }
        return Convert.ToHexStringLower(all.GetHashAndReset());
    }
}
