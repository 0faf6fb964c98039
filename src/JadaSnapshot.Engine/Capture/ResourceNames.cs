namespace JadaSnapshot.Engine.Capture;

/// <summary>Finds the resources that a text, or only its fingerprint, speaks of.</summary>
internal sealed class ResourceNames
{
    private readonly CapturedEstate _estate;
    private readonly ILookup<string, Resource> _byName;
    private readonly Lazy<ILookup<string, Resource>> _byFingerprint;

    public ResourceNames(CapturedEstate estate)
    {
        _estate = estate;
        var names = estate.Resources.SelectMany(resource => NamesOf(resource).Distinct(StringComparer.Ordinal).Select(name => (Name: name, Resource: resource))).ToList();
        _byName = names.ToLookup(each => each.Name, each => each.Resource, StringComparer.Ordinal);
        _byFingerprint = new(() => names.ToLookup(each => estate.Fingerprint(each.Name), each => each.Resource, StringComparer.Ordinal));
    }

    /// <summary>The resources whose name, id, ARN or address has a fingerprint.</summary>
    public IEnumerable<Resource> OfFingerprint(string fingerprint) => _byFingerprint.Value[fingerprint];

    /// <summary>The resources that a name, an ARN (also one of a part, such as an index) or a URL without a path speaks of.</summary>
    public IEnumerable<Resource> Of(string text)
    {
        if (_byName.Contains(text)) return _byName[text];
        if (text.IndexOf("://", StringComparison.Ordinal) is var scheme and > 0) return _byName[text[(scheme + 3)..].Split(':')[0]];
        return text.Split(':', 6) is ["arn", _, var service, var region, var account, var rest] && (account.Length == 0 || account == _estate.Account)
            ? _estate.Resources.Where(resource => resource.Layer == service && (region.Length == 0 || region == resource.Region) && rest.Split('/', ':').Contains(resource.Name, StringComparer.Ordinal))
            : [];
    }

    private static IEnumerable<string> NamesOf(Resource resource)
    {
        string[] own = [resource.Name, resource.Id, .. resource.Arn is null ? (string[])[] : [resource.Arn], .. resource.OtherNames];
        foreach (var name in own)
        {
            yield return name;
            if (!name.Contains('.', StringComparison.Ordinal) || name.Contains(':', StringComparison.Ordinal)) continue;
            yield return $"https://{name}";
            yield return $"https://{name}/";
        }
    }
}
