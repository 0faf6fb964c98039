namespace JadaSnapshot.Engine.Capture;

/// <summary>One kind of resource that can be looked at and exported by itself.</summary>
public abstract class ResourceView
{
    /// <summary>The layer that captures such resources.</summary>
    public abstract string Layer { get; }

    /// <summary>Their kind within the layer, which is what messages call them.</summary>
    public abstract string Kind { get; }

    /// <summary>All kinds that it looks at, where they are several that people call by one name.</summary>
    public virtual IReadOnlyList<string> Kinds => [Kind];

    /// <summary>Whether an export of such a resource holds the layer's other resources that its documents name as well, each in its own folder.</summary>
    public virtual bool HasSharedParts => false;

    /// <summary>Whether AWS is asked for such resources; else no connection to it is needed.</summary>
    public virtual bool IsOfAws => true;

    /// <summary>Where a resource's files lie in a snapshot: a relative path that ends in a slash.</summary>
    public abstract string Folder(Resource resource);

    /// <summary>All folders that hold files of a resource, where they are several; the first one is what people look for.</summary>
    public virtual IReadOnlyList<string> Folders(Resource resource) => [Folder(resource)];
}

/// <summary>
/// Makes the typed object of a resource from the documents that a capture of it keeps: a pure function, so that a live resource,
/// an export and a snapshot are looked at in the same way.
/// </summary>
/// <typeparam name="T">The record that it makes.</typeparam>
public abstract class ResourceView<T> : ResourceView where T : class
{
    /// <summary>Whether the object is made from a document, by its path below the folder. What is not read is not asked for.</summary>
    public virtual bool Reads(string document) => true;

    /// <summary>Makes the object. Documents that are not set, or were refused, are missing.</summary>
    public abstract T View(Resource resource, ResourceDocuments documents);
}
