namespace JadaSnapshot.Engine.Connections.Google;

/// <summary>What a caller said of whom it is to Google, and where it calls. What is null is found in the environment and in the files where people's tools keep it.</summary>
public sealed record GoogleOptions
{
    /// <summary>An OAuth access token; else <c>GOOGLE_OAUTH_ACCESS_TOKEN</c>.</summary>
    public string? AccessToken { get; init; }

    /// <summary>The file in which clasp keeps its tokens; else <c>clasp_config_auth</c>, which clasp reads too, or <c>~/.clasprc.json</c>.</summary>
    public string? ClaspFile { get; init; }

    /// <summary>A file of application default credentials; else <c>GOOGLE_APPLICATION_CREDENTIALS</c>, or where gcloud keeps it.</summary>
    public string? CredentialsFile { get; init; }

    /// <summary>One endpoint for Google's APIs and for tokens, as the sandbox has it; else <c>JADA_GOOGLE_ENDPOINT_URL</c>. Without it, Google itself is called.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>How long the first repetition of a call waits; each further one waits twice as long, up to half a minute.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Says where it leads, and nothing that is secret.</summary>
    public override string ToString() => $"Google credentials at {EndpointUrl ?? "Google"}";
}
