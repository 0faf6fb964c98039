using System.Text;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Protocols;

/// <summary>Markers that callers should not read.</summary>
internal static class Marker
{
    public static string? Seal(string? key) => key is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(key));

    /// <exception cref="SandboxException">The service did not write this marker.</exception>
    public static string? Open(string? marker, string code)
    {
        if (string.IsNullOrEmpty(marker)) return null;
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(marker));
        }
        catch (FormatException)
        {
            throw new SandboxException(400, code, "The marker is not valid.");
        }
    }
}
