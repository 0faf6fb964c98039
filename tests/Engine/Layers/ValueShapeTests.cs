using JadaSnapshot.Engine.Layers.Lambda;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

public sealed class ValueShapeTests
{
    [Theory]
    [InlineData("arn:aws:dynamodb:us-west-2:782785212866:table/jada-bookings", "arn", "arn:aws:dynamodb:us-west-2:782785212866:table/jada-bookings")]
    [InlineData("arn:aws:secretsmanager:us-west-2:782785212866:secret:jada/stripe-AbCdEf", "arn", "arn:aws:secretsmanager:us-west-2:782785212866:secret:jada/stripe-AbCdEf")]
    [InlineData("https://hooks.slack.example/services/T02/B07/secret", "url", "https://hooks.slack.example")]
    [InlineData("https://api.sailjada.com:8443/v1?key=secret", "url", "https://api.sailjada.com:8443")]
    [InlineData("postgres://jada:secret@db.jada.internal:5432/bookings?sslmode=require", "url", "postgres://db.jada.internal:5432")]
    [InlineData("{{resolve:secretsmanager:jada/stripe:SecretString:key}}", "dynamic-reference", "jada/stripe")]
    [InlineData("{{resolve:ssm:/jada/release/channel:3}}", "dynamic-reference", "/jada/release/channel")]
    [InlineData("{{resolve:secretsmanager:arn:aws:secretsmanager:us-west-2:782785212866:secret:jada/stripe-AbCdEf:SecretString}}", "dynamic-reference", "arn:aws:secretsmanager:us-west-2:782785212866:secret:jada/stripe-AbCdEf")]
    [InlineData("captain@sailjada.com", "address", null)]
    public void What_leads_somewhere_is_seen_without_its_secrets(string value, string looksLike, string? reference) =>
        Assert.Equal((looksLike, reference), ValueShape.Of(value));

    [Theory]
    [InlineData("postgres://jada:sec/ret@db.jada.internal/bookings")]
    [InlineData("postgres://jada:12/se.cret@db.jada.internal/bookings")]
    [InlineData("mysql://jada.x:sec?ret@db.jada.internal")]
    [InlineData("https://jada:s@cr@db.jada.internal")]
    [InlineData("mongodb://jada:secret@a.example,b.example/db")]
    [InlineData("token://secret")]
    [InlineData("sec.ret@x.example")]
    [InlineData("pat.secret-token-of-someone")]
    [InlineData("P@sec.ret")]
    [InlineData("arn:aws:made up by someone")]
    [InlineData("sk_live_secret")]
    [InlineData("")]
    public void Where_it_is_in_doubt_which_part_is_secret_none_is_shown(string value) => Assert.Null(ValueShape.Of(value).Reference);
}
