using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using JadaSnapshot.Engine.Secrets;

namespace JadaSnapshot.Engine.Layers.LocalFiles.Git;

/// <summary>Looks for secrets in everything that a bundle of a repository would hold.</summary>
internal sealed class GitHistory(GitProgram git, GitView view, Func<string, bool> isNoSecret)
{
    private readonly ConcurrentQueue<string> _paths = new();
    private readonly byte[] _piece = new byte[64 << 10];

    /// <summary>What was found first, and where, in words; null where nothing was.</summary>
    /// <exception cref="LocalFileException">git fails.</exception>
    public async Task<string?> FindSecretAsync(CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        string? found = null;
        try
        {
            await git.RunAsync(view, (objects, contents) => Task.WhenAll(ListAsync(objects, stop.Token), ReadAsync(contents)), stop.Token, "cat-file", "--batch", "--buffer");
        }
        catch (Exception exception) when (found is not null && !cancel.IsCancellationRequested && exception is OperationCanceledException or LocalFileException)
        {
            // Enough was seen.
        }
        return found;

        async Task ReadAsync(Stream contents)
        {
            try
            {
                found = await FindAsync(contents, stop.Token);
            }
            catch
            {
                // The list would wait for ever for someone to read on.
                await stop.CancelAsync();
                throw;
            }
            if (found is not null) await stop.CancelAsync();
        }
    }

    private Task ListAsync(Stream objects, CancellationToken cancel) => git.RunAsync(view, async (_, list) =>
    {
        using var lines = new StreamReader(list, Encoding.UTF8);
        await using (objects)
            while (await lines.ReadLineAsync(cancel) is { } line)
            {
                var blank = line.IndexOf(' ', StringComparison.Ordinal);
                _paths.Enqueue(blank < 0 ? "" : line[(blank + 1)..]);
                await objects.WriteAsync(Encoding.ASCII.GetBytes((blank < 0 ? line : line[..blank]) + "\n"), cancel);
            }
    }, cancel, "rev-list", "--objects", "--all");

    private async Task<string?> FindAsync(Stream contents, CancellationToken cancel)
    {
        await using var reader = new BufferedStream(contents, _piece.Length);
        while (HeaderOf(reader) is { } header)
        {
            var parts = header.Split(' ');
            if (parts.Length != 3 || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var size)) throw new LocalFileException("GitFailed", "An object of the repository's history is missing.");
            _paths.TryDequeue(out var path);
            var scan = parts[1] == "tree" || (path is { Length: > 0 } && isNoSecret(path)) ? null : new SecretScan();
            for (var left = size; left > 0;)
            {
                cancel.ThrowIfCancellationRequested();
                var read = await reader.ReadAsync(_piece.AsMemory(0, (int)Math.Min(left, _piece.Length)), cancel);
                if (read == 0) throw new LocalFileException("GitFailed", "git cat-file ended within an object.");
                scan?.Add(_piece.AsSpan(0, read));
                left -= read;
            }
            reader.ReadByte();
            if (scan is null || size == 0) continue;
            if ((path is { Length: > 0 } && parts[1] == "blob" ? SecretNames.Find(path) : null) is { } named) return $"{path} in its history is {named}";
            if (scan.Found is { } found) return $"{(path is { Length: > 0 } ? path : $"the {parts[1]} {parts[0]}")} in its history holds {found}";
        }
        return null;
    }

    private static string? HeaderOf(BufferedStream reader)
    {
        var header = new StringBuilder();
        for (int next; (next = reader.ReadByte()) >= 0 && next != '\n';) header.Append((char)next);
        return header.Length > 0 ? header.ToString() : null;
    }
}
