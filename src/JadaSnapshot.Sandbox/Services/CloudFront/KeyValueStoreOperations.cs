using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

internal sealed class KeyValueStoreOperations(CloudFrontState state)
{
    private const string Stores = "/2020-05-31/key-value-store";

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateKeyValueStore", $"POST {Stores}", Create);
        operations.Add("DescribeKeyValueStore", $"GET {Stores}/{{Name}}", call => Answer(Find(call)));
        operations.Add("UpdateKeyValueStore", $"PUT {Stores}/{{Name}}", Update);
        operations.Add("DeleteKeyValueStore", $"DELETE {Stores}/{{Name}}", Delete);
        operations.Add("ListKeyValueStores", $"GET {Stores}", call =>
            CloudFrontAnswer.Listing(call, "KeyValueStoreList", older: false, state.KeyValueStores.Values, store => store.Name, store => store.Render()));
    }

    private KeyValueStore Find(Call call) => state.KeyValueStores.GetValueOrDefault(call.Label("Name")) ?? throw KeyValueStore.Missing();

    private KeyValueStore Change(Call call)
    {
        var store = Find(call);
        CloudFrontAnswer.CheckVersion(call, store.ETag);
        return store;
    }

    private SandboxResponse Create(Call call)
    {
        var asked = call.Xml.Named("CreateKeyValueStoreRequest");
        var name = asked.Need("Name", "InvalidArgument");
        if (name.Length is 0 or > 64 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')) throw CloudFrontAnswer.Invalid(Constraint.Pattern(name, "name", "[a-zA-Z0-9-_]{1,64}"));
        if (state.KeyValueStores.ContainsKey(name)) throw new SandboxException(409, "EntityAlreadyExists", "The key value store entity already exists.");
        var id = state.World.NewGuid();
        var store = new KeyValueStore
        {
            Name = name,
            Id = id,
            Arn = $"arn:aws:cloudfront::{state.World.Account}:key-value-store/{id}",
            Comment = asked.Text("Comment") ?? "",
            ETag = state.NewId(),
            Modified = state.World.Now,
        };
        if (asked.Element("Tags") is { } tags)
            foreach (var (key, value) in DistributionTagOperations.Read(tags)) store.Tags[key] = value;
        state.KeyValueStores.Add(name, store);
        return CloudFrontAnswer.Created(call, store.Render(), store.ETag, name);
    }

    private SandboxResponse Update(Call call)
    {
        var store = Change(call);
        store.Comment = call.Xml.Named("UpdateKeyValueStoreRequest").Need("Comment", "InvalidArgument");
        (store.ETag, store.Modified) = (state.NewId(), state.World.Now);
        return Answer(store);
    }

    private SandboxResponse Delete(Call call)
    {
        var store = Change(call);
        if (state.Functions.Values.Any(function => function.Stages.Any(stage => stage.KeyValueStores.Contains(store.Arn))))
            throw new SandboxException(409, "CannotDeleteEntityWhileInUse", "The entity cannot be deleted while it is in use.");
        state.KeyValueStores.Remove(store.Name);
        return CloudFrontAnswer.NoContent();
    }

    private static SandboxResponse Answer(KeyValueStore store) => CloudFrontAnswer.Of(store.Render(), store.ETag);
}
