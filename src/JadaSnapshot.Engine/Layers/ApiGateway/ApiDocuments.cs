namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>Names of documents in the folder of an API; those of listings up to the number of the page.</summary>
internal static class ApiDocuments
{
    public const string Api = "api.json";
    public const string Resources = "resources";
    public const string Routes = "routes";
    public const string Integrations = "integrations";
    public const string Stages = "stages";
    public const string CustomDomains = "custom-domains.json";
}
