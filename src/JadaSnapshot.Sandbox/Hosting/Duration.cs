using System.Globalization;

namespace JadaSnapshot.Sandbox.Hosting;

/// <summary>Reads <c>20ms</c> and <c>1.5s</c>.</summary>
internal static class Duration
{
    public static TimeSpan Parse(string text)
    {
        var milliseconds = text.EndsWith("ms", StringComparison.OrdinalIgnoreCase);
        var number = milliseconds ? text[..^2] : text.EndsWith('s') ? text[..^1] : "";
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= 3_600_000
            ? TimeSpan.FromMilliseconds(milliseconds ? value : value * 1_000)
            : throw new FormatException($"'{text}' is not a time such as 20ms or 1.5s.");
    }
}
