using System.Text.RegularExpressions;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Kms;

internal sealed partial class AliasOperations(KmsState state)
{
    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateAlias", Create);
        operations.Add("ListAliases", List);
    }

    private SandboxResponse Create(Call call)
    {
        var name = call.Json.Need("AliasName");
        if (!NamePattern().IsMatch(name)) throw KmsState.Invalid(Constraint.Pattern(name, "aliasName", "^alias/[a-zA-Z0-9/_-]+$"));
        if (name.StartsWith("alias/aws/", StringComparison.Ordinal)) throw new SandboxException(400, "NotAuthorizedException", "");
        var target = call.Json.Need("TargetKeyId");
        if (target.Contains("alias/", StringComparison.Ordinal)) throw KmsState.Invalid("Aliases must refer to keys. Not aliases");
        var (aliases, arn) = (state.In(call.Region).Aliases, state.ArnOf(call.Region, name));
        if (aliases.ContainsKey(name)) throw new SandboxException(400, "AlreadyExistsException", $"An alias with the name {arn} already exists");
        aliases.Add(name, new(name, arn, state.Key(call.Region, target), state.World.Now));
        return Json11Service.Done();
    }

    private SandboxResponse List(Call call)
    {
        var only = call.Json.Text("KeyId") is { } id ? state.Key(call.Region, id) : null;
        return KmsPage.Of(call, 50, "Aliases", state.In(call.Region).Aliases.Values.Where(alias => only is null || alias.Target == only), alias => alias.Name, alias => new()
        {
            ["AliasName"] = alias.Name,
            ["AliasArn"] = alias.Arn,
            ["TargetKeyId"] = alias.Target.Id,
            ["CreationDate"] = alias.Created.Epoch(),
            ["LastUpdatedDate"] = alias.Created.Epoch(),
        });
    }

    [GeneratedRegex("^alias/[a-zA-Z0-9/_-]{1,250}$")]
    private static partial Regex NamePattern();
}
