namespace JadaSnapshot.Engine.Connections;

/// <summary>Who the credentials belong to, as STS says (<c>GetCallerIdentity</c>, which needs no permission).</summary>
/// <param name="Account">The account's twelve digits.</param>
/// <param name="Arn">The user, or the role's session.</param>
/// <param name="UserId">The unique id of the user or session.</param>
public sealed record CallerIdentity(string Account, string Arn, string UserId);
