using Google.Apis.Services;

namespace JadaSnapshot.Engine.Connections.Google;

/// <summary>The Apps Script API as Google's client library wants to know of it.</summary>
internal sealed class ScriptApi(BaseClientService.Initializer initializer, Uri endpoint) : BaseClientService(initializer)
{
    public override string Name => "script";

    public override string BaseUri => endpoint.AbsoluteUri;

    public override string BasePath => "";

    public override IList<string> Features => [];
}
