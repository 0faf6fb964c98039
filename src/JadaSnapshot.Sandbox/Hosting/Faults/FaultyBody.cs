namespace JadaSnapshot.Sandbox.Hosting.Faults;

/// <summary>A body on its way out that is cut or corrupted at its middle.</summary>
internal sealed class FaultyBody(Stream inner, FaultKind kind, long middle) : Stream
{
    private long _written;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (kind is FaultKind.CorruptBody && _written <= middle && middle < _written + buffer.Length)
        {
            var corrupted = buffer.ToArray();
            corrupted[middle - _written] ^= 0x20;
            buffer = corrupted;
        }
        else if (kind is FaultKind.ResetMidBody or FaultKind.TruncateBody && _written + buffer.Length > middle)
        {
            await inner.WriteAsync(buffer[..(int)(middle - _written)], cancellationToken);
            await inner.FlushAsync(cancellationToken);
            throw new BodyCutException();
        }
        await inner.WriteAsync(buffer, cancellationToken);
        _written += buffer.Length;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() => throw new NotSupportedException();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>The body has been cut as a fault asked for.</summary>
internal sealed class BodyCutException : Exception;
