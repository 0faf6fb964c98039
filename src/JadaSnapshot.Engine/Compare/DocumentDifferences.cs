namespace JadaSnapshot.Engine.Compare;

/// <summary>A value that stands otherwise in two documents, or in one alone.</summary>
internal readonly record struct ValueDifference(string Path, string? Reference, string? Changed);

/// <summary>Finds where two documents differ: by member and by what identifies the items of a list, blind to the order of lists in which it means nothing.</summary>
/// <param name="rules">What moves by itself, and where order counts.</param>
internal sealed class DocumentDifferences(ComparisonRules rules)
{
    /// <summary>Every difference, in the order of paths. Only the topmost thing that one side lacks is named.</summary>
    public IEnumerable<ValueDifference> Compare(DocumentNode? reference, DocumentNode? changed) => Compare("", reference, changed);

    private IEnumerable<ValueDifference> Compare(string path, DocumentNode? reference, DocumentNode? changed)
    {
        if (reference is null || changed is null || (reference.Value ?? changed.Value) is not null)
        {
            var (one, other) = (reference?.ToString(), changed?.ToString());
            if (one != other) yield return new(path, one, other);
            yield break;
        }
        foreach (var name in reference.Members.Keys.Union(changed.Members.Keys).Order(StringComparer.Ordinal))
        {
            var at = name.Length == 0 ? path : path.Length == 0 ? name : $"{path}.{name}";
            if (rules.Moves(name)) continue;
            foreach (var difference in Compare(at, name, reference.Members.GetValueOrDefault(name) ?? [], changed.Members.GetValueOrDefault(name) ?? [])) yield return difference;
        }
    }

    private IEnumerable<ValueDifference> Compare(string path, string name, List<DocumentNode> reference, List<DocumentNode> changed)
    {
        if (reference.Count <= 1 && changed.Count <= 1 && !(reference is [var one] && changed is [var other] && ListIdentity.TellsApart(one, other)))
            return Compare(path, reference.FirstOrDefault(), changed.FirstOrDefault());
        return ListIdentity.Of(reference, changed) is { } identity
            ? CompareByIdentity(path, name, identity, reference, changed)
            : CompareByValue(path, name, reference, changed);
    }

    private IEnumerable<ValueDifference> CompareByIdentity(string path, string name, Func<DocumentNode, string> identity, List<DocumentNode> reference, List<DocumentNode> changed)
    {
        var known = changed.ToDictionary(identity, StringComparer.Ordinal);
        foreach (var item in reference)
            foreach (var difference in Compare($"{path}[{identity(item)}]", item, known.GetValueOrDefault(identity(item)))) yield return difference;
        var before = reference.Select(identity).ToHashSet(StringComparer.Ordinal);
        foreach (var item in changed)
            if (!before.Contains(identity(item))) yield return new($"{path}[{identity(item)}]", null, item.ToString());
        if (!rules.IsOrdered(name)) yield break;
        // What one side lacks has been named; only those that both have can stand in another order.
        List<string> was = [.. reference.Select(identity).Where(known.ContainsKey)], now = [.. changed.Select(identity).Where(before.Contains)];
        if (!was.SequenceEqual(now, StringComparer.Ordinal)) yield return new($"{path} (order)", string.Join(", ", was), string.Join(", ", now));
    }

    private IEnumerable<ValueDifference> CompareByValue(string path, string name, List<DocumentNode> reference, List<DocumentNode> changed)
    {
        List<string> was = [.. reference.Select(Text)], now = [.. changed.Select(Text)];
        if (rules.IsOrdered(name))
        {
            if (!was.SequenceEqual(now, StringComparer.Ordinal)) yield return new(path, string.Join(", ", was), string.Join(", ", now));
            yield break;
        }
        foreach (var text in was.ToList())
            if (now.Remove(text)) was.Remove(text);
        foreach (var text in was) yield return new($"{path}[]", text, null);
        foreach (var text in now) yield return new($"{path}[]", null, text);
    }

    // Without what moves, so that it does not make an item another.
    private string Text(DocumentNode node) => node.Value
        ?? $"{{{string.Join(", ", node.Members.Where(member => !rules.Moves(member.Key)).OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Key}: {Text(member.Key, member.Value)}"))}}}";

    private string Text(string name, List<DocumentNode> nodes)
    {
        var texts = nodes.Select(Text);
        return nodes.Count == 1 ? texts.First() : $"[{string.Join(", ", rules.IsOrdered(name) ? texts : texts.Order(StringComparer.Ordinal))}]";
    }
}
