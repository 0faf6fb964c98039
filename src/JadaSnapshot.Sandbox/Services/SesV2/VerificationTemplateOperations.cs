using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.Ses;

namespace JadaSnapshot.Sandbox.Services.SesV2;

/// <summary>The account's own words for the mail that asks the owner of an address to confirm it.</summary>
internal sealed class VerificationTemplateOperations(SesState state)
{
    private const string Templates = "/v2/email/custom-verification-email-templates";
    private const int MostItems = 50;
    private static readonly string[] Needed = ["TemplateName", "FromEmailAddress", "TemplateSubject", "TemplateContent", "SuccessRedirectionURL", "FailureRedirectionURL"];

    public void AddTo(OperationTable operations)
    {
        operations.Add("ListCustomVerificationEmailTemplates", $"GET {Templates}", List);
        operations.Add("GetCustomVerificationEmailTemplate", $"GET {Templates}/{{TemplateName}}", call => JsonAnswer.Of(Find(call).Document.DeepClone()));
        operations.Add("CreateCustomVerificationEmailTemplate", $"POST {Templates}", Create);
        operations.Add("UpdateCustomVerificationEmailTemplate", $"PUT {Templates}/{{TemplateName}}", Update);
        operations.Add("DeleteCustomVerificationEmailTemplate", $"DELETE {Templates}/{{TemplateName}}", Delete);
    }

    private Template Find(Call call) => state.In(call.Region).VerificationTemplates.GetValueOrDefault(call.Label("TemplateName"))
        ?? throw SesV2Answer.NotFound("Custom verification email template", call.Label("TemplateName"));

    private SandboxResponse List(Call call) => SesV2Answer.Listing(call, "CustomVerificationEmailTemplates", state.In(call.Region).VerificationTemplates, template => template.Key,
        template => new JsonObject(Needed.Where(member => member != "TemplateContent").Select(member => KeyValuePair.Create(member, template.Value.Document[member]?.DeepClone()))), MostItems);

    private SandboxResponse Create(Call call)
    {
        foreach (var member in Needed) _ = call.Json.Need(member);
        var name = call.Json.Need("TemplateName");
        if (!state.In(call.Region).Identities.ContainsKey(call.Json.Need("FromEmailAddress"))) throw SesV2Answer.NotFound("Email identity", call.Json.Need("FromEmailAddress"));
        return state.In(call.Region).VerificationTemplates.TryAdd(name, new Template(call.Json.DeepClone().AsObject(), state.World.Now))
            ? SesV2Answer.Empty
            : throw SesV2Answer.Exists("Custom verification email template", name);
    }

    private SandboxResponse Update(Call call)
    {
        var template = Find(call);
        foreach (var member in Needed.Where(member => member != "TemplateName")) template.Document[member] = call.Json.Need(member);
        return SesV2Answer.Empty;
    }

    private SandboxResponse Delete(Call call)
    {
        state.In(call.Region).VerificationTemplates.Remove(call.Label("TemplateName"));
        return SesV2Answer.Empty;
    }
}
