using Xunit;

namespace JadaSnapshot.Engine.Tests.SandboxServices;

public sealed class IamTests
{
    private const string Policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::a b/*+ü"}]}""";
    private readonly TestWorld _world = new();

    [Fact]
    public async Task A_policy_document_comes_back_letter_for_letter_escaped_as_in_a_URL()
    {
        await _world.CreateRoleAsync();
        await _world.IamAsync("PutRolePolicy", ("RoleName", "runner"), ("PolicyName", "p"), ("PolicyDocument", Policy));

        var document = (await _world.IamAsync("GetRolePolicy", ("RoleName", "runner"), ("PolicyName", "p"))).Descendants("PolicyDocument").Single().Value;

        Assert.DoesNotContain('"', document);
        Assert.DoesNotContain('+', document);
        Assert.Equal(Policy, Uri.UnescapeDataString(document));
    }

    [Fact]
    public async Task Roles_come_in_pages_that_a_marker_joins()
    {
        for (var i = 0; i < 7; i++) await _world.CreateRoleAsync($"role{i}");
        var names = new List<string>();
        var marker = "";
        do
        {
            var page = await _world.IamAsync("ListRoles", ("MaxItems", "3"), ("Marker", marker));
            names.AddRange(page.Descendants("RoleName").Select(name => name.Value));
            marker = page.Descendants("Marker").SingleOrDefault()?.Value;
            Assert.Equal(marker is not null, (bool)page.Descendants("IsTruncated").Single());
        } while (marker is not null);

        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"role{i}"), names);
    }

    [Fact]
    public async Task A_role_with_policies_cannot_be_deleted()
    {
        await _world.CreateRoleAsync();
        await _world.IamAsync("AttachRolePolicy", ("RoleName", "runner"), ("PolicyArn", "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"));

        await TestWorld.RefusalAsync(() => _world.IamAsync("DeleteRole", ("RoleName", "runner")), "DeleteConflict");
        await _world.IamAsync("DetachRolePolicy", ("RoleName", "runner"), ("PolicyArn", "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"));
        await _world.IamAsync("DeleteRole", ("RoleName", "runner"));
        await TestWorld.RefusalAsync(() => _world.IamAsync("GetRole", ("RoleName", "runner")), "NoSuchEntity");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"Statement":[]}""")]
    [InlineData("""{"Statement":[{"Effect":"Maybe","Principal":"*"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow"}]}""")]
    public async Task A_trust_policy_that_is_none_is_refused(string document) =>
        await TestWorld.RefusalAsync(() => _world.IamAsync("CreateRole", ("RoleName", "x"), ("AssumeRolePolicyDocument", document)), "MalformedPolicyDocument");

    [Fact]
    public async Task A_policy_that_is_not_there_cannot_be_attached()
    {
        await _world.CreateRoleAsync();
        await TestWorld.RefusalAsync(() => _world.IamAsync("AttachRolePolicy", ("RoleName", "runner"), ("PolicyArn", "arn:aws:iam::782785212866:policy/none")), "NoSuchEntity");
    }
}
