namespace JadaSnapshot.Completion;

/// <summary>Something that can be named on a command line.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="ToolTip">What helps to tell it from others.</param>
internal sealed record Candidate(string Name, string ToolTip)
{
    /// <summary>What it can be called as well.</summary>
    public IReadOnlyList<string> OtherNames { get; init; } = [];

    /// <summary>What stands in the command line where its name is what was typed; the name itself unless others have it too.</summary>
    public string? Text { get; init; }

    /// <summary>What is shown of it in a list.</summary>
    public string Label => Text is null ? Name : $"{Name} ({Text})";

    /// <summary>What completes a word; null where it does not go with it.</summary>
    public string? TextFor(TypedWord word)
    {
        var text = word.IsBeginOf(Name) ? Text ?? Name : OtherNames.FirstOrDefault(word.IsBeginOf);
        return text is { Length: > 0 } && !text.Any(char.IsControl) ? text : null;
    }

    /// <summary>A text that cannot do anything to a terminal.</summary>
    public static string Plain(string text) => string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
}
