using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.Secrets;

/// <summary>How secrets and parameters are made anew: all but their values.</summary>
internal sealed class SecretsRunbook : IRunbookPart
{
    public string Layer => SecretsLayer.LayerName;

    public RunbookStage Stage => RunbookStage.Secrets;

    public void Write(RunbookSource source, RunbookPage page) => page.Shell(shell =>
    {
        foreach (var secret in source.Of(Layer, SecretsLayer.SecretKind))
        {
            var described = source.Json(SecretsLayer.FolderOf(secret) + SecretsLayer.Document(SecretsLayer.SecretKind));
            shell.Send(
                described.Pick("Name", "Description", "KmsKeyId", "Tags"),
                $"request aws secretsmanager create-secret --region {secret.Region} --secret-string \"file://$VALUES/\"{PathNames.FromName(secret.Name)}");
        }
        foreach (var parameter in source.Of(Layer, SecretsLayer.ParameterKind))
        {
            var folder = SecretsLayer.FolderOf(parameter);
            var described = source.Json(folder + SecretsLayer.Document(SecretsLayer.ParameterKind));
            shell.Send(
                described.Pick("Name", "Description", "Type", "KeyId", "AllowedPattern", "Tier", "DataType").With("Tags", source.Json(folder + "tags.json").Node("TagList")),
                $"request aws ssm put-parameter --region {parameter.Region} --value \"file://$VALUES/\"{PathNames.FromName(parameter.Name)}");
        }
    });
}
