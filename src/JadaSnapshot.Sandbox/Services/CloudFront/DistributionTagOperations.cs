using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

internal sealed class DistributionTagOperations(CloudFrontState state)
{
    private const string Tagging = "/2020-05-31/tagging";
    private const int MostTags = 50;

    public void AddTo(OperationTable operations)
    {
        operations.Add("ListTagsForResource", $"GET {Tagging}", List);
        operations.Add("TagResource", $"POST {Tagging}?Operation=Tag", Tag);
        operations.Add("UntagResource", $"POST {Tagging}?Operation=Untag", Untag);
    }

    public static IReadOnlyDictionary<string, string> Read(XElement tags)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in tags.Element("Items")?.Elements("Tag") ?? [])
            if (!read.TryAdd(tag.Need("Key", "InvalidTagging"), tag.Text("Value") ?? ""))
                throw new SandboxException(400, "InvalidTagging", "A tag key is given twice.");
        return read.Count <= MostTags ? read : throw new SandboxException(400, "InvalidTagging", $"A resource can have at most {MostTags} tags.");
    }

    private SortedDictionary<string, string> Find(Call call)
    {
        var arn = call.Query("Resource") ?? throw CloudFrontAnswer.Invalid(Constraint.Missing("resource"));
        return state.Distributions.Values.FirstOrDefault(distribution => distribution.Arn == arn)?.Tags
            ?? state.Functions.Values.FirstOrDefault(function => function.Arn == arn)?.Tags
            ?? state.KeyValueStores.Values.FirstOrDefault(store => store.Arn == arn)?.Tags
            ?? throw new SandboxException(404, "NoSuchResource", "The specified resource does not exist.");
    }

    private SandboxResponse List(Call call) => CloudFrontAnswer.Of(new XElement("Tags", new XElement("Items",
        Find(call).Select(tag => new XElement("Tag", new XElement("Key", tag.Key), new XElement("Value", tag.Value))))));

    private SandboxResponse Tag(Call call)
    {
        var tags = Find(call);
        foreach (var (key, value) in Read(call.Xml.Named("Tags"))) tags[key] = value;
        return CloudFrontAnswer.NoContent();
    }

    private SandboxResponse Untag(Call call)
    {
        var tags = Find(call);
        foreach (var key in call.Xml.Named("TagKeys").Element("Items")?.Elements("Key") ?? []) tags.Remove(key.Value);
        return CloudFrontAnswer.NoContent();
    }
}
