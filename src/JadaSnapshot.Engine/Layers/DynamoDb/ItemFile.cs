using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;

namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>A compressed file of items, one <c>{"Item":…}</c> a line, each item as the service sent it.</summary>
internal sealed class ItemFile : IDisposable
{
    private readonly ICapturedFile _file;
    private readonly GZipStream _lines;

    // The checksum that AWS writes into the manifests of exports.
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);

    public ItemFile(ICapturedFile file)
    {
        _file = file;
        _lines = new(new Sink(file, _md5), CompressionLevel.Optimal);
    }

    public long ItemCount { get; private set; }

    /// <summary>The MD5 of the compressed file, once it is committed.</summary>
    public byte[] Md5 { get; private set; } = [];

#pragma warning disable CA5351
    public static byte[] Md5Of(byte[] document) => MD5.HashData(document);
#pragma warning restore CA5351

    public void Add(JsonElement item)
    {
        _lines.Write("{\"Item\":"u8);
        var text = JsonMarshal.GetRawUtf8Value(item);
        // Between the tokens of JSON a line may break; within them it never does.
        while (text.IndexOfAny((byte)'\n', (byte)'\r') is var end and >= 0)
        {
            _lines.Write(text[..end]);
            text = text[(end + 1)..];
        }
        _lines.Write(text);
        _lines.Write("}\n"u8);
        ItemCount++;
    }

    public async Task CommitAsync(CancellationToken cancel)
    {
        await _lines.DisposeAsync();
        Md5 = _md5.GetHashAndReset();
        await _file.CommitAsync(null, cancel);
    }

    public void Dispose()
    {
        _lines.Dispose();
        _md5.Dispose();
        _file.Dispose();
    }

    private sealed class Sink(ICapturedFile file, IncrementalHash md5) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => file.Length;

        public override long Position
        {
            get => file.Length;
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            file.Write(buffer);
            md5.AppendData(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
