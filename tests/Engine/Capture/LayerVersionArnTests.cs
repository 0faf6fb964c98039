using JadaSnapshot.Engine.Layers.Lambda;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Capture;

public sealed class LayerVersionArnTests
{
    [Fact]
    public void Layers_of_two_accounts_that_share_a_name_stay_apart()
    {
        var own = LayerVersionArn.Parse("arn:aws:lambda:us-west-2:111111111111:layer:tools:3");
        var foreign = LayerVersionArn.Parse("arn:aws:lambda:us-west-2:222222222222:layer:tools:3");
        Assert.Equal(("tools", "3"), (own.Name, own.Number));
        Assert.NotEqual(own.Account, foreign.Account);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tools")]
    [InlineData("arn:aws:lambda:us-west-2:111111111111:function:tools:3")]
    public void What_is_no_layer_version_is_taken_as_it_stands(string text) => Assert.Equal(text, LayerVersionArn.Parse(text).Name);
}
