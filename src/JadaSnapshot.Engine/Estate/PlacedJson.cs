using System.Text.Json;

namespace JadaSnapshot.Engine.Estate;

/// <summary>A value of a JSON document that knows where it stands.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">Its place in the document (RFC 6901).</param>
/// <param name="Offset">Where its text begins, in bytes.</param>
internal sealed record PlacedJson(JsonValueKind Kind, string Path, int Offset)
{
    /// <summary>The text of a string.</summary>
    public string Text { get; init; } = "";

    /// <summary>The number; null where it is none, or one beyond all reason.</summary>
    public decimal? Number { get; init; }

    /// <summary>The items of an array.</summary>
    public List<PlacedJson> Items { get; } = [];

    /// <summary>The members of an object, in the order in which they stand there.</summary>
    public List<PlacedMember> Members { get; } = [];

    /// <summary>The value of a member; null where there is none of this name.</summary>
    public PlacedJson? this[string name] => Members.Find(member => member.Name == name)?.Value;

    /// <summary>The member that a name chooses, or nothing: for chains of choices.</summary>
    public IEnumerable<PlacedJson> All(string name) => this[name] is { } value ? [value] : [];

    /// <summary>The texts of an array's items.</summary>
    public IReadOnlyList<string> Texts(string name) => [.. All(name).SelectMany(array => array.Items).Select(item => item.Text)];
}

/// <summary>A member of an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Offset">Where the name begins, in bytes.</param>
/// <param name="Value">Its value.</param>
internal sealed record PlacedMember(string Name, int Offset, PlacedJson Value);

/// <summary>Something wrong at one place of a document.</summary>
/// <param name="Path">The place (RFC 6901).</param>
/// <param name="Offset">Where it stands, in bytes.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
internal sealed record PlacedError(string Path, int Offset, string Message);
