using System.Text;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Sandbox;

internal static class Roles
{
    private const string TrustsAnybody = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}""";

    public static async Task CreateRoleIfThereIsIamAsync(this InProcessCaller caller, string name)
    {
        try
        {
            await caller.CallAsync("iam", "us-east-1", "POST", "/", [], [new("Content-Type", "application/x-www-form-urlencoded")],
                Encoding.UTF8.GetBytes($"Action=CreateRole&Version=2010-05-08&RoleName={name}&AssumeRolePolicyDocument={Uri.EscapeDataString(TrustsAnybody)}"), TestContext.Current.CancellationToken);
        }
        catch (ArgumentException)
        {
            // A sandbox without IAM lets every role be assumed.
        }
    }
}
