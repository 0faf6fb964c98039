namespace JadaSnapshot.Engine.Transfer;

/// <summary>
/// One try at an object. A plain GET says all there is to know about it, and a small object comes with it whole. Of a large one only the
/// first part does, and the others are fetched side by side. Where S3 states a checksum of parts, it is asked then where they end. A stream that is cut goes on where it was cut, as long as the object is the same.
/// </summary>
internal sealed class ObjectTransfer(S3Client s3, string bucket, ListedObject listed, IReceivedFile file, PartRule? rule, WorkPool places) : IDisposable
{
    private ObjectRecord? _begun;
    private ServiceChecksum? _stated;
    private BodyCheck? _check;
    private long _size, _end;

    /// <summary>The number of tags that the object has.</summary>
    public int TagCount { get; private set; }

    /// <summary>The call that reads the object, or its first part.</summary>
    public S3Call Call => new()
    {
        Operation = "GetObject",
        Bucket = bucket,
        Key = listed.Key,
        Query = listed.VersionId is null ? "" : S3Path.Query(("versionId", listed.VersionId)),
        Progress = () => file.Length,
        Headers = () => _begun is null || file.Length == 0
            ? [new("x-amz-checksum-mode", "ENABLED")]
            : [new("range", $"bytes={file.Length}-{_end - 1}"), new("if-match", $"\"{_begun.ETag}\"")],
    };

    /// <summary>Reads it.</summary>
    /// <exception cref="CorruptBodyException">All of it arrived, and it is not the object.</exception>
    /// <exception cref="Wire.ServiceException">It cannot be read.</exception>
    public async Task<ObjectRecord> RunAsync(CancellationToken cancel)
    {
        await s3.CallAsync(Call, ReadAsync, cancel);
        var parts = _stated?.PartCount is { } count ? new UploadedParts(s3, Call, listed.VersionId, _size, count) : null;
        if (parts is not null) CheckAgain(await parts.GuessAsync(cancel));
        if (_end < _size) await new PartedTransfer(s3, Call, _begun!, _size, file, Take, rule!, places).RunAsync(cancel);
        if (file.Length != _size) throw new CorruptBodyException("WrongLength", $"{file.Length} bytes arrived of {_size}.");
        return _begun! with { Unverified = await ConfirmAsync(parts, cancel) };
    }

    public void Dispose() => _check?.Dispose();

    /// <summary>Makes sure that the bytes are the object's; where they cannot be held against anything, back comes why.</summary>
    private async Task<string?> ConfirmAsync(UploadedParts? parts, CancellationToken cancel)
    {
        if (_stated is null) return "NoChecksum";
        if (_check?.Agrees() == true) return null;
        // Parts of other sizes than were guessed give another checksum, which proves nothing.
        if (parts is not null)
        {
            CheckAgain(await parts.AskAsync(cancel));
            if (parts.Refusal is not null) return parts.Refusal;
            if (_check!.Agrees()) return null;
        }
        throw new CorruptBodyException("ChecksumMismatch", $"The bytes that arrived are not the object's: its {_stated} is another.");
    }

    /// <summary>Checks what has arrived so far as parts of these sizes, and goes on with what is still to come.</summary>
    private void CheckAgain(long[]? parts)
    {
        _check?.Dispose();
        _check = parts is null ? null : new(_stated!, parts);
        if (_check is not null) file.Show(Take);
    }

    private async Task<bool> ReadAsync(HttpResponseMessage response, StallTimer timer, CancellationToken cancel)
    {
        try
        {
            if (_begun is null || response.StatusCode == System.Net.HttpStatusCode.OK) Begin(response);
            else ObjectBody.RequireStretch(response, _begun.ETag, file.Length, _end, _size);
        }
        catch (CorruptBodyException)
        {
            _begun = null;
            throw;
        }
        await ObjectBody.ReadAsync(response, _end - file.Length, Receive, timer, cancel);
        return true;
    }

    private void Begin(HttpResponseMessage response)
    {
        var headers = new ObjectHeaders(response);
        _size = ObjectBody.LengthOf(response);
        if (response.StatusCode != System.Net.HttpStatusCode.OK) throw new CorruptBodyException("WrongRange", "Part of the object came, and all of it was asked for.");
        if (headers.ETag == listed.ETag && _size != listed.Size) throw new CorruptBodyException("WrongLength", $"The answer promises {_size} bytes of an object of {listed.Size}.");
        if (file.Length > 0) file.Reset();
        _end = _size >= rule?.From ? rule.Size : _size;
        _begun = headers.ToRecord(listed.Key);
        TagCount = headers.TagCount;
        _check?.Dispose();
        _stated = ServiceChecksum.For(_begun.Checksum, _begun.ETag, headers.ETagMayBeMd5);
        _check = _stated is { PartCount: null } ? new(_stated) : null;
    }

    private void Receive(ReadOnlySpan<byte> bytes)
    {
        file.Write(bytes);
        Take(bytes);
    }

    private void Take(ReadOnlySpan<byte> bytes) => _check?.Append(bytes);
}
