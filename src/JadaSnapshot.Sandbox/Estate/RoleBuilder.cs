using JadaSnapshot.Sandbox.Estate.Functions;

namespace JadaSnapshot.Sandbox.Estate;

/// <summary>The roles: one for each function, and two of the operators.</summary>
internal static class RoleBuilder
{
    /// <summary>Roles beside those of the functions, and the services that assume them.</summary>
    public static IReadOnlyList<(string Name, string Service)> Others { get; } =
        [("jada-release", "codebuild.amazonaws.com"), ("jada-s3-replication", "s3.amazonaws.com")];

    public static async Task BuildAsync(EstateScript script)
    {
        script.Clock.Set(1095);
        foreach (var (name, service) in Others)
        {
            await CreateAsync(script, name, "/", [service], "Made by the operators");
            script.Clock.Pass(TimeSpan.FromHours(5));
        }
        foreach (var function in FunctionCatalogue.All)
        {
            string[] services = function.Region == EstateNames.East ? ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] : ["lambda.amazonaws.com"];
            await CreateAsync(script, function.RoleName, "/service-role/", services, $"Role of {function.Name}");
            await script.IamAsync("AttachRolePolicy", new("RoleName", function.RoleName), new("PolicyArn", "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"));
            foreach (var (_, table) in function.Settings.Where(setting => setting.Name == "TABLE"))
                await script.IamAsync("PutRolePolicy", new("RoleName", function.RoleName), new("PolicyName", "own-table"), new("PolicyDocument", TableAccess(script, table)));
            script.Clock.Pass(TimeSpan.FromHours(9));
        }
    }

    private static Task CreateAsync(EstateScript script, string name, string path, IReadOnlyList<string> services, string description) => script.IamAsync("CreateRole",
        new("RoleName", name), new("Path", path), new("Description", description), new("MaxSessionDuration", "3600"),
        new("AssumeRolePolicyDocument", $$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":["{{{string.Join("\",\"", services)}}}"]},"Action":"sts:AssumeRole"}]}"""),
        new("Tags.member.1.Key", "owner"), new("Tags.member.1.Value", "crew"));

    private static string TableAccess(EstateScript script, string table) =>
        $$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["dynamodb:GetItem","dynamodb:PutItem","dynamodb:Query"],"Resource":"arn:aws:dynamodb:{{{EstateNames.West}}}:{{{script.World.Account}}}:table/{{{table}}}"}]}""";
}
