using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

/// <summary>Values as DynamoDB writes them: <c>{"S": "text"}</c>.</summary>
internal static class AttributeValue
{
    private const int MostItemBytes = 400 * 1024;
    private const int DeepestNesting = 32;

    /// <summary>Checks an item and gives its size in bytes.</summary>
    public static int CheckItem(JsonObject item)
    {
        foreach (var (name, _) in item) Check(item.Part(name), 1);
        var size = SizeOfItem(item);
        return size <= MostItemBytes ? size : throw DynamoDbState.Invalid("Item size has exceeded the maximum allowed size");
    }

    public static int SizeOfItem(JsonObject item) => item.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Size(pair.Value));

    /// <summary>A text that sorts, by its letters, as DynamoDB sorts values of the type.</summary>
    public static string Sortable(string type, string value) => type switch
    {
        "N" => SortableNumber(value),
        "B" => Convert.ToHexStringLower(Base64(value)),
        _ => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value)),
    };

    private static void Check(JsonObject? value, int depth)
    {
        if (depth > DeepestNesting) throw DynamoDbState.Invalid("Nesting Levels have exceeded supported limits");
        if (value is null || value.All(member => member.Value is null)) throw DynamoDbState.Invalid("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        if (value.Count > 1) throw DynamoDbState.Invalid("Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes");
        switch (value.Single().Key)
        {
            case "S": _ = value.Need("S"); break;
            case "N": _ = SortableNumber(value.Need("N")); break;
            case "B": _ = value.Bytes("B"); break;
            case "BOOL": _ = value.Flag("BOOL"); break;
            case "NULL" when value.Flag("NULL") == true: break;
            case "M":
                foreach (var (name, _) in value.Part("M")!) Check(value.Part("M")!.Part(name), depth + 1);
                break;
            case "L":
                foreach (var item in value.Parts("L")) Check(item, depth + 1);
                break;
            case "SS" or "NS" or "BS": CheckSet(value); break;
            default: throw DynamoDbState.Invalid("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        }
    }

    private static void CheckSet(JsonObject value)
    {
        var type = value.Single().Key;
        List<string> members = [.. value.Texts(type).Select(member => type[0] == 'S' ? member : Sortable(type[..1], member))];
        if (members.Count == 0) throw DynamoDbState.InvalidParameters($"An {(type == "NS" ? "number" : type == "SS" ? "string" : "binary")} set  may not be empty");
        if (members.Distinct(StringComparer.Ordinal).Count() < members.Count) throw DynamoDbState.InvalidParameters("Input collection contains duplicates.");
    }

    private static int Size(JsonNode? value)
    {
        if (value is not JsonObject { Count: 1 } typed) return 0;
        var (type, content) = typed.Single();
        return type switch
        {
            "S" => Encoding.UTF8.GetByteCount(content!.GetValue<string>()),
            "N" => (content!.GetValue<string>().Length / 2) + 2,
            "B" => Base64(content!.GetValue<string>()).Length,
            "M" => 3 + content!.AsObject().Sum(pair => 1 + Encoding.UTF8.GetByteCount(pair.Key) + Size(pair.Value)),
            "L" => 3 + content!.AsArray().Sum(item => 1 + Size(item)),
            "SS" => content!.AsArray().Sum(item => Encoding.UTF8.GetByteCount(item!.GetValue<string>())),
            "NS" => content!.AsArray().Sum(item => (item!.GetValue<string>().Length / 2) + 2),
            "BS" => content!.AsArray().Sum(item => Base64(item!.GetValue<string>()).Length),
            _ => 1,
        };
    }

    private static byte[] Base64(string value)
    {
        try
        {
            return Convert.FromBase64String(value);
        }
        catch (FormatException)
        {
            throw new Hosting.SandboxException(400, "SerializationException", "Invalid Base64 in a binary value.");
        }
    }

    private static string SortableNumber(string value)
    {
        var text = value.Trim();
        var negative = text.StartsWith('-');
        var (mantissa, power) = text.TrimStart('+', '-').Split('e', 'E') switch
        {
            [var alone] => (alone, 0),
            [var head, var tail] when int.TryParse(tail, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent) && Math.Abs(exponent) < 1000 => (head, exponent),
            _ => throw NotNumber(value),
        };
        var parts = mantissa.Split('.');
        var digits = string.Concat(parts);
        if (parts.Length > 2 || digits.Length == 0 || !digits.All(char.IsAsciiDigit)) throw NotNumber(value);
        var significant = digits.TrimStart('0');
        if (significant.Length == 0) return "1";
        var exponentOfFirst = power + parts[0].Length - (digits.Length - significant.Length);
        significant = significant.TrimEnd('0');
        if (significant.Length > 38) throw DynamoDbState.Invalid("Attempting to store more than 38 significant digits in a Number");
        if (exponentOfFirst is > 126 or < -129) throw DynamoDbState.Invalid("Number overflow. Attempting to store a number with magnitude larger than supported range");
        return negative
            ? $"0{5000 - exponentOfFirst:D4}{string.Concat(significant.Select(digit => (char)('0' + '9' - digit)))}~"
            : $"2{5000 + exponentOfFirst:D4}{significant}";
    }

    private static Hosting.SandboxException NotNumber(string value) =>
        DynamoDbState.Invalid($"The parameter cannot be converted to a numeric value: {value}");
}
