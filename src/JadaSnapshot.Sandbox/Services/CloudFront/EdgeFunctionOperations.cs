using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

/// <summary>Changes of CloudFront Functions.</summary>
internal sealed class EdgeFunctionOperations(CloudFrontState state)
{
    public const string Functions = "/2020-05-31/function";
    private const int MostCodeBytes = 10_240;

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateFunction", $"POST {Functions}", Create);
        operations.Add("UpdateFunction", $"PUT {Functions}/{{Name}}", Update);
        operations.Add("PublishFunction", $"POST {Functions}/{{Name}}/publish", Publish);
        operations.Add("DeleteFunction", $"DELETE {Functions}/{{Name}}", Delete);
    }

    private EdgeFunction Change(Call call)
    {
        var function = state.Functions.GetValueOrDefault(call.Label("Name")) ?? throw EdgeFunction.Missing();
        CloudFrontAnswer.CheckVersion(call, function.Development.ETag);
        return function;
    }

    private SandboxResponse Create(Call call)
    {
        var root = call.Xml.Named("CreateFunctionRequest");
        var name = root.Need("Name", "InvalidArgument");
        if (name.Length is 0 or > 64 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')) throw CloudFrontAnswer.Invalid(Constraint.Pattern(name, "name", "[a-zA-Z0-9-_]{1,64}"));
        if (state.Functions.ContainsKey(name)) throw new SandboxException(409, "FunctionAlreadyExists", "A function with the same name already exists in this AWS account.");
        var function = new EdgeFunction
        {
            Name = name,
            Arn = $"arn:aws:cloudfront::{state.World.Account}:function/{name}",
            Development = Read(call, root, state.World.Now),
        };
        if (root.Element("Tags") is { } tags)
            foreach (var (key, value) in DistributionTagOperations.Read(tags)) function.Tags[key] = value;
        state.Functions.Add(name, function);
        return CloudFrontAnswer.Created(call, function.Summary(function.Development, associated: false), function.Development.ETag, name);
    }

    private SandboxResponse Update(Call call)
    {
        var function = Change(call);
        function.Development = Read(call, call.Xml.Named("UpdateFunctionRequest"), function.Development.Created);
        var answer = CloudFrontAnswer.Of(function.Summary(function.Development, state.IsReferenced(function.Arn)), function.Development.ETag);
        return new SandboxResponse { ContentType = answer.ContentType, Body = answer.Body, Headers = [.. answer.Headers, new("ETtag", function.Development.ETag)] };
    }

    private SandboxResponse Publish(Call call)
    {
        var function = Change(call);
        var now = state.World.Now;
        function.Live = function.Development with { ETag = state.NewId(), Created = function.Live?.Created ?? now, Modified = now };
        state.Touch(function.Arn);
        return CloudFrontAnswer.Of(function.Summary(function.Live, state.IsReferenced(function.Arn)));
    }

    private SandboxResponse Delete(Call call)
    {
        var function = Change(call);
        if (state.IsReferenced(function.Arn)) throw new SandboxException(409, "FunctionInUse", "Cannot delete the function because it's attached to one or more cache behaviors.");
        state.Functions.Remove(function.Name);
        return CloudFrontAnswer.NoContent();
    }

    private EdgeFunctionStage Read(Call call, XElement root, DateTimeOffset created)
    {
        var config = root.NeedElement("FunctionConfig", "InvalidArgument");
        if (config.Need("Runtime", "InvalidArgument") is not ("cloudfront-js-1.0" or "cloudfront-js-2.0")) throw CloudFrontAnswer.Invalid("The parameter Runtime is not valid.");
        _ = config.Need("Comment", "InvalidArgument");
        byte[] code;
        try
        {
            code = Convert.FromBase64String(root.Need("FunctionCode", "InvalidArgument"));
        }
        catch (FormatException)
        {
            throw CloudFrontAnswer.Invalid("The parameter FunctionCode is not base64.");
        }
        if (code.Length is 0 or > MostCodeBytes) throw new SandboxException(413, "FunctionSizeLimitExceeded", "The function is too large.");
        var stage = new EdgeFunctionStage(KeptXml.From(call, config), code, state.NewId(), created, state.World.Now);
        if (stage.KeyValueStores.Any(arn => state.KeyValueStores.Values.All(store => store.Arn != arn))) throw KeyValueStore.Missing();
        return stage;
    }
}
