namespace JadaSnapshot.Sandbox.Hosting.Access;

/// <summary>Something that a request has to be allowed to do.</summary>
/// <param name="Action">The action, as IAM calls it: <c>s3:ListBucket</c>, which is not always what the operation is called.</param>
/// <param name="Resource">The ARN of what it is done to; <see cref="AnyResource"/> where the sandbox does not tell.</param>
/// <param name="Conditions">What conditions can be about: <c>s3:prefix</c> and its value.</param>
public readonly record struct AccessNeed(string Action, string Resource, params IReadOnlyList<KeyValuePair<string, string>> Conditions)
{
    /// <summary>Stands for any resource: only the action is judged.</summary>
    public const string AnyResource = "*";

    /// <summary>What most requests need: the action that is called as the operation is.</summary>
    public static AccessNeed Of(string service, string operation) => new($"{service}:{operation}", AnyResource);
}
