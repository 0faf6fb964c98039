using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using JadaSnapshot.Sandbox.Services.S3;

namespace JadaSnapshot.Sandbox.Estate.Content;

/// <summary>Small real pictures: a sky, a sea and a sail.</summary>
internal static class Picture
{
    public static byte[] Png(Dice dice, int width, int height)
    {
        var picture = new MemoryStream();
        picture.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = 2;
        WriteChunk(picture, "IHDR", header);

        var pixels = new MemoryStream();
        using (var deflate = new ZLibStream(pixels, CompressionLevel.NoCompression, leaveOpen: true))
            deflate.Write(Scene(dice, width, height));
        WriteChunk(picture, "IDAT", pixels.ToArray());
        WriteChunk(picture, "IEND", []);
        return picture.ToArray();
    }

    public static string Svg(Dice dice, string title, string accent)
    {
        var mast = dice.Next(40, 60);
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120" role="img">
              <title>{title}</title>
              <rect width="120" height="120" fill="#eaf4fb"/>
              <path d="M{mast} 12 L{mast} 84 L{mast - 32} 84 Z" fill="{accent}"/>
              <path d="M{mast + 4} 24 L{mast + 4} 84 L{mast + 38} 84 Z" fill="#ffffff" stroke="{accent}"/>
              <path d="M14 90 H106 L92 106 H30 Z" fill="#15324a"/>
            </svg>

            """;
    }

    private static byte[] Scene(Dice dice, int width, int height)
    {
        var grain = dice.Bytes(width * height);
        var (horizon, mast) = (dice.Next(height / 3, height / 2), dice.Next(width / 4, 3 * width / 4));
        var rows = new byte[height * (1 + width * 3)];
        var at = 0;
        for (var y = 0; y < height; y++)
        {
            rows[at++] = 0;
            for (var x = 0; x < width; x++)
            {
                var noise = grain[y * width + x] & 0x0F;
                var isSail = y > horizon / 4 && y < horizon && Math.Abs(x - mast) < (y - horizon / 4) / 2;
                var (red, green, blue) = isSail ? (240, 238, 230) : y < horizon ? (120 + 60 * y / height, 180, 235) : (20, 70 + 40 * y / height, 120);
                rows[at++] = (byte)(red + noise);
                rows[at++] = (byte)(green + noise);
                rows[at++] = (byte)(blue + noise);
            }
        }
        return rows;
    }

    private static void WriteChunk(MemoryStream picture, string type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        picture.Write(number);
        var name = Encoding.ASCII.GetBytes(type);
        picture.Write(name);
        picture.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Checksums.Crc32(Checksums.Crc32(uint.MaxValue, name), data));
        picture.Write(number);
    }
}
