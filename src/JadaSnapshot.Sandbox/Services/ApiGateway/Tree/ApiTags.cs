using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

/// <summary>Tags, which both services keep inside the document of what they are on.</summary>
internal static class ApiTags
{
    /// <summary>The thing that an ARN names: <c>arn:aws:apigateway:us-west-2::/restapis/a1b2c3d4e5</c>.</summary>
    /// <exception cref="SandboxException">There is none.</exception>
    public static ApiNode Find(ApiTree tree, Call call, string arn)
    {
        var prefix = $"arn:aws:apigateway:{call.Region}::";
        if (!arn.StartsWith(prefix + "/", StringComparison.Ordinal)) throw ApiErrors.Bad("Invalid ARN specified in the request");
        return tree.Find(call.Region, arn[prefix.Length..]) ?? throw new SandboxException(404, "NotFoundException", "Invalid resource identifier specified");
    }

    public static void Merge(JsonObject document, JsonObject? asked)
    {
        if (asked is null) throw ApiErrors.Bad("tags is required");
        var tags = document.Part("tags") ?? (JsonObject)(document["tags"] = new JsonObject());
        foreach (var (key, _) in asked) tags[key] = asked.Need(key);
    }

    public static void Remove(JsonObject document, Call call)
    {
        foreach (var (name, key) in call.Request.Query)
            if (name == "tagKeys") document.Part("tags")?.Remove(key);
    }
}
