using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Access;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Permissions;

/// <summary>A caller who may do what a policy in the documents allows, and nothing else.</summary>
internal sealed class DocumentedPolicy
{
    private readonly AccessPolicy _policy;
    private readonly SandboxHost _host;
    private readonly string _accessKey;

    /// <summary>The policy under a heading of a page.</summary>
    /// <param name="host">The sandbox that judges by it.</param>
    /// <param name="page">The page: <c>permissions.md</c>.</param>
    /// <param name="heading">The heading, without its marks.</param>
    /// <param name="names">What the example's names are in the test.</param>
    public DocumentedPolicy(SandboxHost host, string page, string heading, params (string Example, string Here)[] names)
    {
        (_host, _policy) = (host, AccessPolicy.Parse(names.Aggregate(TextOf(page, heading), (text, name) => text.Replace(name.Example, name.Here, StringComparison.Ordinal))));
        _accessKey = $"AKIADOCUMENTED{host.World.Credentials.GetHashCode():X}{heading.Length}";
        host.World.Credentials.Add(new() { AccessKey = _accessKey, SecretKey = "documented", Arn = $"arn:aws:iam::{host.World.Account}:user/documented", UserId = "AIDADOCUMENTED", Policy = _policy });
    }

    public AwsConnection Open() => AwsConnection.Open(EstateFixture.OptionsFor(_host) with { AccessKey = _accessKey, SecretKey = "documented" });

    /// <summary>Makes sure that nothing in the policy could have been left out.</summary>
    public void RequireUsed() => Assert.Empty(_policy.Unused);

    private static string TextOf(string page, string heading)
    {
        var lines = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "docs", page)).SkipWhile(line => line.TrimStart('#').Trim() != heading || !line.StartsWith('#')).SkipWhile(line => line != "```json").Skip(1).TakeWhile(line => line != "```").ToList();
        Assert.True(lines.Count > 0, $"{page} has no policy under '{heading}'");
        return string.Join('\n', lines);
    }
}
