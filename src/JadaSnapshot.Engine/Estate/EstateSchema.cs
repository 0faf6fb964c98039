using System.Text.Json;
using System.Text.RegularExpressions;

namespace JadaSnapshot.Engine.Estate;

/// <summary>
/// Holds a document against the published schema of estate files (<c>docs/jada.schema.json</c>, built in), which is the only place that says
/// what one looks like. Of JSON Schema (<see href="https://json-schema.org/draft-07"/>) it knows the keywords that the schema uses, and no others.
/// </summary>
internal sealed class EstateSchema
{
    private const string ResourceName = "JadaSnapshot.Engine.jada.schema.json";

    private static readonly Lazy<EstateSchema> Instance = new(() => new(ReadText()));

    private readonly JsonElement _root;
    private readonly Dictionary<string, Regex> _patterns = [];

    private EstateSchema(byte[] text) => _root = JsonElement.Parse(text);

    /// <summary>The schema that is built in.</summary>
    public static EstateSchema Current => Instance.Value;

    /// <summary>What of a document is not as the schema has it, in the order in which it stands there.</summary>
    public IReadOnlyList<PlacedError> Check(PlacedJson document)
    {
        List<PlacedError> errors = [];
        Check(document, _root, errors);
        return errors;
    }

    private void Check(PlacedJson value, JsonElement schema, List<PlacedError> errors)
    {
        schema = Resolve(schema);
        if (schema.TryGetProperty("type", out var type) && !Is(value, type.GetString()!))
        {
            errors.Add(new(value.Path, value.Offset, $"{Capital(Words(value.Kind))} stands here, where {Words(type.GetString()!)} belongs.{Hint(schema)}"));
            return;
        }
        if (value.Kind == JsonValueKind.Object) CheckMembers(value, schema, errors);
        if (value.Kind == JsonValueKind.Array) CheckItems(value, schema, errors);
        if (value.Number is { } number && ((schema.TryGetProperty("minimum", out var least) && number < least.GetDecimal()) || (schema.TryGetProperty("maximum", out var most) && number > most.GetDecimal())))
            errors.Add(new(value.Path, value.Offset, $"{number} does not fit: a whole number from {schema.GetProperty("minimum")} to {schema.GetProperty("maximum")} belongs here."));
        if (value.Kind == JsonValueKind.String && TextFault(value.Text, schema) is { } fault) errors.Add(new(value.Path, value.Offset, fault));
    }

    private void CheckMembers(PlacedJson value, JsonElement schema, List<PlacedError> errors)
    {
        var known = schema.TryGetProperty("properties", out var properties) ? properties : default;
        var others = schema.TryGetProperty("additionalProperties", out var additional) ? additional : default;
        List<string> meant = [];
        foreach (var member in value.Members)
        {
            if (known.ValueKind == JsonValueKind.Object && known.TryGetProperty(member.Name, out var own)) Check(member.Value, own, errors);
            else if (others.ValueKind == JsonValueKind.False)
            {
                string[] names = [.. known.EnumerateObject().Select(property => property.Name)];
                errors.Add(new(member.Value.Path, member.Offset, Unknown(member.Name, names)));
                meant.AddRange(NearestName.Of(member.Name, names) is { } name ? [name] : []);
            }
            else
            {
                if (schema.TryGetProperty("propertyNames", out var naming) && TextFault(member.Name, Resolve(naming)) is { } fault) errors.Add(new(member.Value.Path, member.Offset, fault));
                if (others.ValueKind == JsonValueKind.Object) Check(member.Value, others, errors);
            }
        }
        if (!schema.TryGetProperty("required", out var required)) return;
        foreach (var name in required.EnumerateArray().Select(each => each.GetString()!))
            if (value[name] is null && !meant.Contains(name)) errors.Add(new(value.Path, value.Offset, $"'{name}' is missing here."));
    }

    private void CheckItems(PlacedJson value, JsonElement schema, List<PlacedError> errors)
    {
        if (schema.TryGetProperty("minItems", out var least) && value.Items.Count < least.GetInt32()) errors.Add(new(value.Path, value.Offset, "This list is empty."));
        foreach (var item in value.Items) Check(item, schema.GetProperty("items"), errors);
        if (!schema.TryGetProperty("uniqueItems", out _)) return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in value.Items.Where(item => item.Kind == JsonValueKind.String && !seen.Add(item.Text)))
            errors.Add(new(item.Path, item.Offset, $"'{item.Text}' is in this list a second time."));
    }

    private string? TextFault(string text, JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var choices))
        {
            string[] names = [.. choices.EnumerateArray().Select(choice => choice.GetString()!)];
            if (!names.Contains(text)) return $"'{text}' is none of {string.Join(", ", names)}.{NearestName.Question(text, names)}";
        }
        if (schema.TryGetProperty("pattern", out var pattern) && !PatternOf(pattern.GetString()!).IsMatch(text))
            return $"'{text}' does not fit: {schema.GetProperty("patternErrorMessage").GetString()}.";
        return null;
    }

    private JsonElement Resolve(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference) ? _root.GetProperty("definitions").GetProperty(reference.GetString()!["#/definitions/".Length..]) : schema;

    // In JSON Schema the end is the end; in .NET a line feed may follow it.
    private Regex PatternOf(string pattern)
    {
        lock (_patterns)
            return _patterns.TryGetValue(pattern, out var known) ? known
                : _patterns[pattern] = new(pattern.EndsWith('$') ? pattern[..^1] + @"\z" : pattern, RegexOptions.CultureInvariant);
    }

    private static string Unknown(string name, IReadOnlyList<string> known) =>
        $"'{name}' means nothing here.{(NearestName.Question(name, known) is { Length: > 0 } question ? question : $" What can stand here: {string.Join(", ", known)}.")}";

    private static string Hint(JsonElement schema) =>
        schema.TryGetProperty("items", out _) ? " Write it in brackets: [ … ]." : "";

    private static bool Is(PlacedJson value, string type) => type switch
    {
        "object" => value.Kind == JsonValueKind.Object,
        "array" => value.Kind == JsonValueKind.Array,
        "string" => value.Kind == JsonValueKind.String,
        "boolean" => value.Kind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.Number is { } number && decimal.IsInteger(number),
        _ => throw new InvalidOperationException($"The schema has the type '{type}', which is not known here."),
    };

    private static string Words(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => Words("object"),
        JsonValueKind.Array => Words("array"),
        JsonValueKind.String => Words("string"),
        JsonValueKind.True or JsonValueKind.False => Words("boolean"),
        JsonValueKind.Number => "a number",
        _ => "null",
    };

    private static string Words(string type) => type switch
    {
        "object" => "an object { … }",
        "array" => "a list [ … ]",
        "string" => "a text in quotes",
        "integer" => "a whole number",
        _ => "true or false",
    };

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static byte[] ReadText()
    {
        using var stream = typeof(EstateSchema).Assembly.GetManifestResourceStream(ResourceName)!;
        var text = new byte[stream.Length];
        stream.ReadExactly(text);
        return text;
    }
}
