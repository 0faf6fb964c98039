using System.Net;
using JadaSnapshot.Engine.Wire;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Wire;

public sealed class LoopbackBypassTests
{
    [Theory]
    [InlineData("http://127.0.0.1:4566/", true)]
    [InlineData("http://localhost/", true)]
    [InlineData("http://[::1]:80/", true)]
    [InlineData("https://inside.example/", true)]
    [InlineData("https://lambda.us-west-2.amazonaws.com/", false)]
    public void This_machine_is_never_asked_through_a_proxy(string url, bool bypassed) =>
        Assert.Equal(bypassed, new LoopbackBypass(new WebProxy("http://proxy.example:8080", false, ["inside\\.example"])).IsBypassed(new Uri(url)));
}
