namespace JadaSnapshot.Sandbox.Estate;

/// <summary>Managed policies of the account's own, the role that they bound, and a role that a service made for itself.</summary>
internal static class PolicyBuilder
{
    private const string Operator = "jada-operator";

    public static async Task BuildAsync(EstateScript script)
    {
        script.Clock.Set(500);
        await script.IamAsync("CreatePolicy", new("PolicyName", "jada-boundary"), new("Path", "/jada/"), new("Description", "What operators may do at most"), new("PolicyDocument", Allow("*")),
            new("Tags.member.1.Key", "owner"), new("Tags.member.1.Value", "crew"));
        await script.IamAsync("CreatePolicy", new("PolicyName", "jada-read-logs"), new("PolicyDocument", Allow("logs:GetLogEvents")));
        script.Clock.Set(200);
        await script.IamAsync("CreatePolicyVersion", new("PolicyArn", Arn(script, "/jada-read-logs")), new("SetAsDefault", "true"), new("PolicyDocument", Allow("logs:GetLogEvents\",\"logs:FilterLogEvents")));
        await script.IamAsync("CreateRole", new("RoleName", Operator), new("Path", "/"), new("Description", "Who takes the helm"), new("MaxSessionDuration", "7200"),
            new("PermissionsBoundary", Arn(script, "/jada/jada-boundary")),
            new("AssumeRolePolicyDocument", $$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{{script.World.Account}}}:root"},"Action":"sts:AssumeRole"}]}"""));
        await script.IamAsync("AttachRolePolicy", new("RoleName", Operator), new("PolicyArn", Arn(script, "/jada-read-logs")));
        await script.IamAsync("CreateServiceLinkedRole", new("AWSServiceName", "dynamodb.application-autoscaling.amazonaws.com"), new("CustomSuffix", "DynamoDBTable"));
    }

    private static string Arn(EstateScript script, string path) => $"arn:aws:iam::{script.World.Account}:policy{path}";

    private static string Allow(string action) => $$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["{{{action}}}"],"Resource":"*"}]}""";
}
