using System.Text;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>Where a listing goes on: after a key, or after every key of a common prefix. Callers see only base64.</summary>
internal readonly record struct ListingToken(string Name, bool IsPrefix)
{
    public static ListingToken Read(string token)
    {
        var bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out var length) || length == 0 || bytes[0] is not ((byte)'k' or (byte)'p'))
            throw S3Errors.InvalidArgument("The continuation token provided is incorrect", "continuation-token", token);
        return new(Encoding.UTF8.GetString(bytes, 1, length - 1), bytes[0] == 'p');
    }

    public override string ToString() => Convert.ToBase64String(Encoding.UTF8.GetBytes((IsPrefix ? "p" : "k") + Name));
}
