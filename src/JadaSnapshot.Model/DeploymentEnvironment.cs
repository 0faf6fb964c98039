namespace JadaSnapshot;

/// <summary>Who something is for.</summary>
public enum DeploymentEnvironment
{
    /// <summary>Visitors, for all that can be told.</summary>
    Production,

    /// <summary>Those who look at a site before visitors do.</summary>
    Staging,
}
