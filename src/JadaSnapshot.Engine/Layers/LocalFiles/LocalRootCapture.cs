using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Secrets;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>Captures one root: its files several at once, and a line for each thing in it in the order of their paths.</summary>
internal sealed class LocalRootCapture(LocalRoot root, string folder, ISnapshotSink sink, LayerOptions options)
{
    private const int FilesAtOnce = 16;

    private readonly LocalFilter _filter = new(root);
    private readonly LocalPaths _paths = new();
    private readonly LocalBytes _bytes = new(sink);
    private int _secrets;

    /// <exception cref="LocalFileException">There is nothing at the root's path, or it is neither a folder nor a file.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        var source = Source();
        var repositories = new LocalRepositories(root, source.FullName, folder, _paths, _bytes, _filter, sink, options);
        using var entries = sink.Create(folder + LocalPaths.Entries);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var lines = Channel.CreateBounded<Task<LocalItem>>(FilesAtOnce);
        var walk = Task.Run(WalkAsync, CancellationToken.None);
        try
        {
            string? whole = source.FullName;
            await foreach (var line in lines.Reader.ReadAllAsync(cancel))
            {
                entries.Write(JsonSerializer.SerializeToUtf8Bytes(await line with { Source = whole }, StoreJson.Lines.LocalItem));
                entries.Write("\n"u8);
                whole = null;
            }
            await walk;
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAny(walk);
            // Whatever is still under way has to let go of the sink first.
            while (lines.Reader.TryRead(out var line)) await Task.WhenAny(line);
        }
        await entries.CommitAsync(null, cancel);
        Warn();

        async Task WalkAsync()
        {
            Exception? failure = null;
            try
            {
                await foreach (var found in LocalTree.WalkAsync(source, found => EnterAsync(found), stop.Token))
                {
                    var target = found.Kind == LocalKind.File && found.Failure is null ? _paths.File(found.Path) : "";
                    await lines.Writer.WriteAsync(Task.Run(() => CaptureAsync(found, target), CancellationToken.None), stop.Token);
                }
            }
            catch (Exception exception)
            {
                failure = exception;
            }
            lines.Writer.Complete(failure);
        }

        async Task<bool> EnterAsync(LocalFound found)
        {
            if (repositories.IsStore(found.Path) || IsExcluded(found) || repositories.Ignores(found)) return false;
            await repositories.EnterAsync(found, stop.Token);
            return true;
        }

        Task<LocalItem> CaptureAsync(LocalFound found, string target) =>
            repositories.LineOf(found.Path) is { } line ? Task.FromResult(Describe(found) with { LeftOut = line.Reason, Detail = line.Detail, Sealed = line.Sealed })
            : IsExcluded(found) ? Task.FromResult(Describe(found) with { LeftOut = LocalFileReason.Excluded })
            : repositories.Ignores(found) ? Task.FromResult(Describe(found) with { LeftOut = LocalFileReason.Ignored })
            : found.Failure is DirectoryNotFoundException ? Task.FromResult(Describe(found) with { LeftOut = LocalFileReason.Vanished })
            : found.Failure is { } failure ? Task.FromResult(Unreadable(found, failure))
            : found.Kind switch
            {
                LocalKind.File => CaptureFileAsync(found, target, stop.Token),
                LocalKind.Folder or LocalKind.Link => Task.FromResult(Describe(found)),
                _ => Task.FromResult(Describe(found) with { LeftOut = LocalFileReason.Special }),
            };
    }

    // The operator named this path: a link to the root is meant as the root itself, unlike one below it.
    private FileSystemInfo Source()
    {
        FileSystemInfo source = Directory.Exists(root.Path) ? new DirectoryInfo(root.Path) : new FileInfo(root.Path);
        if (!source.Exists) throw new LocalFileException("PathNotFound", $"There is no file or folder {root.Path}.");
        source = source.ResolveLinkTarget(returnFinalTarget: true) ?? source;
        return source.FullName == options.Destination ? throw new LocalFileException("RootIsDestination", $"{root.Path} is the folder that is written to; it cannot be captured into itself.") : source;
    }

    private bool IsExcluded(LocalFound found) =>
        found.Path.Length > 0 && (found.Info.FullName == options.Destination || (found.Kind == LocalKind.Folder ? _filter.ExcludesAllOf(found.Path) : !_filter.Wants(found.Path)));

    private async Task<LocalItem> CaptureFileAsync(LocalFound found, string target, CancellationToken cancel)
    {
        var item = Describe(found);
        try
        {
            var mayBeSecret = !_filter.IsNoSecret(found.Path);
            if (mayBeSecret && item.Size != 0 && SecretNames.Find(found.Path) is { } named) return await WithholdAsync(item, found, $"Its name is that of {named}.", cancel);
            var taken = await _bytes.TakeAsync(found.Info.FullName, folder + target, mayBeSecret, cancel);
            item = item with { Modified = taken.Modified, Size = taken.Size };
            return taken.Secret is { } secret ? await WithholdAsync(item, found, $"It holds what looks like {secret}.", cancel) : target == found.Path ? item : item with { File = target };
        }
        catch (FileNotFoundException)
        {
            return item with { LeftOut = LocalFileReason.Vanished };
        }
        catch (Exception exception) when (exception is LocalFileException or NameClashException or ArgumentException)
        {
            return Unreadable(found, exception);
        }
    }

    private async Task<LocalItem> WithholdAsync(LocalItem item, LocalFound found, string detail, CancellationToken cancel)
    {
        Interlocked.Increment(ref _secrets);
        var left = item with { LeftOut = LocalFileReason.Secret, Detail = detail };
        if (options.Sealers.Count == 0) return left;
        string target;
        lock (_paths) target = _paths.About("sealed", found.Path);
        await _bytes.SealAsync(found.Info.FullName, folder + target, cancel);
        return left with { Sealed = target };
    }

    private LocalItem Unreadable(LocalFound found, Exception failure)
    {
        sink.Report("read", failure, found.Path.Length == 0 ? null : found.Path);
        return new() { Path = found.Path, Kind = found.Kind, LeftOut = LocalFileReason.Unreadable };
    }

    private static LocalItem Describe(LocalFound found)
    {
        var exists = found.Info.Exists || found.Kind == LocalKind.Link;
        return new()
        {
            Path = found.Path,
            Kind = found.Kind,
            Mode = exists && found.Kind != LocalKind.Link && !OperatingSystem.IsWindows() ? Octal(found.Info.UnixFileMode) : null,
            Modified = exists ? new(found.Info.LastWriteTimeUtc, TimeSpan.Zero) : null,
            Size = exists && found is { Kind: LocalKind.File, Info: FileInfo file } ? file.Length : null,
            Target = found.Kind == LocalKind.Link ? found.Info.LinkTarget : null,
        };
    }

    private static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');

    private void Warn()
    {
        if (_secrets == 0) return;
        var what = string.Create(CultureInfo.CurrentCulture, $"{_secrets:N0} {(_secrets == 1 ? "file" : "files")} of the local root '{root.Name}' {(_secrets == 1 ? "looks" : "look")} like secrets");
        options.OnWarning?.Invoke($"{what} and {(_secrets == 1 ? "is" : "are")} {(options.Sealers.Count > 0 ? "kept sealed only" : "left out (-ProtectTo keeps such files sealed)")}: {folder}{LocalPaths.Entries} says which, and why.");
    }
}
