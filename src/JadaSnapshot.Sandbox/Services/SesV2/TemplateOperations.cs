using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.Ses;

namespace JadaSnapshot.Sandbox.Services.SesV2;

internal sealed class TemplateOperations(SesState state)
{
    private const string Templates = "/v2/email/templates";
    private const int MostItems = 100;
    private const int MostBytes = 500 * 1024;

    public void AddTo(OperationTable operations)
    {
        operations.Add("ListEmailTemplates", $"GET {Templates}", List);
        operations.Add("GetEmailTemplate", $"GET {Templates}/{{TemplateName}}", call => JsonAnswer.Of(Find(call).Document.DeepClone()));
        operations.Add("CreateEmailTemplate", $"POST {Templates}", Create);
        operations.Add("UpdateEmailTemplate", $"PUT {Templates}/{{TemplateName}}", Update);
        operations.Add("DeleteEmailTemplate", $"DELETE {Templates}/{{TemplateName}}", Delete);
    }

    private Template Find(Call call) =>
        state.In(call.Region).Templates.GetValueOrDefault(call.Label("TemplateName")) ?? throw SesV2Answer.NotFound("Template", call.Label("TemplateName"));

    private SandboxResponse List(Call call) => SesV2Answer.Listing(call, "TemplatesMetadata", state.In(call.Region).Templates, template => template.Key,
        template => new JsonObject { ["TemplateName"] = template.Key, ["CreatedTimestamp"] = template.Value.Created.Epoch() }, MostItems);

    private SandboxResponse Create(Call call)
    {
        var name = call.Json.Need("TemplateName");
        var document = new JsonObject { ["TemplateName"] = name, ["TemplateContent"] = Content(call) }.With("Tags", call.Json.List("Tags")?.DeepClone());
        return state.In(call.Region).Templates.TryAdd(name, new Template(document, state.World.Now)) ? SesV2Answer.Empty : throw SesV2Answer.Exists("Template", name);
    }

    private SandboxResponse Update(Call call)
    {
        Find(call).Document["TemplateContent"] = Content(call);
        return SesV2Answer.Empty;
    }

    private SandboxResponse Delete(Call call)
    {
        state.In(call.Region).Templates.Remove(call.Label("TemplateName"));
        return SesV2Answer.Empty;
    }

    private static JsonObject Content(Call call)
    {
        var content = call.Json.Part("TemplateContent") ?? throw JsonBody.MissingMember("templateContent");
        if (call.Request.Body.Length > MostBytes) throw SesV2Answer.Bad("The template is larger than 500 KB.");
        if (string.IsNullOrEmpty(content.Text("Subject"))) throw SesV2Answer.Bad("The subject must be specified.");
        if (content.Text("Text") is null && content.Text("Html") is null) throw SesV2Answer.Bad("At least one of the text and the HTML part must be specified.");
        return content.DeepClone().AsObject();
    }
}
