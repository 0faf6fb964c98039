using System.Globalization;

namespace JadaSnapshot.Sandbox.Hosting.Faults;

internal static class FaultParser
{
    public static Fault Parse(string text)
    {
        FaultKind? kind = null;
        var fault = new Fault { Kind = FaultKind.Error };
        foreach (var pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1) throw new FormatException($"'{pair}' in the fault '{text}' is not of the form name=value.");
            var (name, value) = (pair[..equals].ToLowerInvariant(), pair[(equals + 1)..]);
            if (name == "kind") kind = Kind(value);
            else fault = With(fault, name, value);
        }
        return fault with { Kind = kind ?? throw new FormatException($"The fault '{text}' has no kind; it is one of {Kinds}.") };
    }

    private static Fault With(Fault fault, string name, string value) => name switch
    {
        "service" => fault with { Service = value },
        "operation" => fault with { Operation = value },
        "match" => fault with { Match = value },
        "rate" => fault with { Rate = Number(value) is >= 0 and <= 1 and var rate ? rate : throw new FormatException($"The rate '{value}' is not between 0 and 1.") },
        "every" => fault with { Every = Whole(value) is >= 1 and var every ? every : throw new FormatException("A fault meets one of at least 1 request.") },
        "times" => fault with { Times = Whole(value) },
        "status" => fault with { Status = Whole(value) is >= 300 and <= 599 and var status ? status : throw new FormatException($"The status '{value}' is not between 300 and 599.") },
        "code" => fault with { Code = value },
        "message" => fault with { Message = value },
        "delay" => fault with { Delay = Duration.Parse(value) },
        "region" => fault with { Region = value },
        _ => throw new FormatException($"A fault has no '{name}'; it has kind, service, operation, match, rate, every, times, status, code, message, delay and region."),
    };

    private static string Kinds => string.Join(", ", Enum.GetNames<FaultKind>());

    private static FaultKind Kind(string value) =>
        Enum.TryParse<FaultKind>(value, ignoreCase: true, out var kind) && Enum.IsDefined(kind) && !char.IsDigit(value[0])
            ? kind
            : throw new FormatException($"'{value}' is no kind of fault; it is one of {Kinds}.");

    private static double Number(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"'{value}' is not a number.");

    private static int Whole(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"'{value}' is not a whole number.");
}
