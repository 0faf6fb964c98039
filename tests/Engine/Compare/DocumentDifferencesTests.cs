using System.Text;
using JadaSnapshot.Engine.Compare;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Compare;

public sealed class DocumentDifferencesTests
{
    [Theory]
    [InlineData("""{"a":1,"b":[2,3]}""", """{"b":[3,2],"a":1}""")]
    [InlineData("""{"Revision":null,"List":[]}""", "{}")]
    [InlineData("""{"Tags":[{"Key":"a","Value":"1"},{"Key":"b","Value":"2"}]}""", """{"Tags":[{"Key":"b","Value":"2"},{"Key":"a","Value":"1"}]}""")]
    [InlineData("""{"Policy":"{\"Statement\":[{\"Sid\":\"a\",\"Action\":[\"x\",\"y\"]}]}"}""", """{"Policy":"{ \"Statement\": [ { \"Action\": [\"y\", \"x\"], \"Sid\": \"a\" } ] }"}""")]
    [InlineData("""{"RevisionId":"1","NextToken":"x"}""", """{"RevisionId":"2"}""")]
    public void Order_paging_and_what_moves_by_itself_are_no_differences(string reference, string other) => Assert.Empty(Compare("lambda", "a.json", reference, other));

    [Theory]
    [InlineData("""{"Timeout":3}""", """{"Timeout":30}""", "Timeout", "3", "30")]
    [InlineData("""{"Environment":{"Variables":{"TABLE":"a"}}}""", """{"Environment":{"Variables":{"TABLE":"a","NEW":"b"}}}""", "Environment.Variables.NEW", null, "b")]
    [InlineData("""{"Rules":[{"Id":"a","Days":1},{"Id":"b","Days":2}]}""", """{"Rules":[{"Id":"b","Days":3},{"Id":"a","Days":1}]}""", "Rules[b].Days", "2", "3")]
    [InlineData("""{"Rules":[{"Id":"a","Days":1}]}""", """{"Rules":[{"Id":"a","Days":1},{"Id":"b","Days":2}]}""", "Rules[b]", null, "{Days: 2, Id: b}")]
    [InlineData("""{"Arns":["a","b"]}""", """{"Arns":["b"]}""", "Arns[]", "a", null)]
    [InlineData("""{"Layers":["a","b"]}""", """{"Layers":["b","a"]}""", "Layers", "a, b", "b, a")]
    [InlineData("""{"Policy":"{\"Statement\":[{\"Sid\":\"a\",\"Effect\":\"Allow\"}]}"}""", """{"Policy":"{\"Statement\":[{\"Sid\":\"a\",\"Effect\":\"Deny\"}]}"}""", "Policy.Statement.Effect", "Allow", "Deny")]
    public void A_difference_is_the_path_to_it_and_both_values(string reference, string other, string path, string? was, string? now) =>
        Assert.Equal([new(path, was, now)], Compare("lambda", "a.json", reference, other));

    [Fact]
    public void In_XML_a_list_of_one_and_a_list_of_two_are_lists()
    {
        const string One = """<R xmlns="urn:a"><Items><Item><Name>a.</Name><Type>A</Type><TTL>60</TTL></Item></Items></R>""";
        const string Two = """<R xmlns="urn:a"><Items><Item><Name>a.</Name><Type>TXT</Type><TTL>60</TTL></Item><Item><Name>a.</Name><Type>A</Type><TTL>300</TTL></Item></Items></R>""";
        Assert.Equal([new("Items.Item[a. A].TTL", "60", "300"), new("Items.Item[a. TXT]", null, "{Name: a., TTL: 60, Type: TXT}")], Compare("route53", "a.xml", One, Two));
    }

    [Fact]
    public void Behaviors_that_change_places_are_another_configuration()
    {
        const string Before = "<C><CacheBehaviors><Items><CacheBehavior><PathPattern>/a/*</PathPattern></CacheBehavior><CacheBehavior><PathPattern>*</PathPattern></CacheBehavior></Items></CacheBehaviors></C>";
        const string After = "<C><CacheBehaviors><Items><CacheBehavior><PathPattern>*</PathPattern></CacheBehavior><CacheBehavior><PathPattern>/a/*</PathPattern></CacheBehavior></Items></CacheBehaviors></C>";
        Assert.Equal([new("CacheBehaviors.Items.CacheBehavior (order)", "/a/*, *", "*, /a/*")], Compare("cloudfront", "a.xml", Before, After));
    }

    [Fact]
    public void Where_a_list_was_cut_into_pages_makes_no_difference()
    {
        static DocumentNode Page(params int[] items) => DocumentNode.Parse("a.json", Encoding.UTF8.GetBytes($$"""{"items":[{{string.Join(',', items.Select(item => $$"""{"id":"{{item}}"}"""))}}],"NextToken":"{{items[0]}}"}"""))!;
        var rules = new DocumentDifferences(ComparisonRules.Of("apigateway"));
        Assert.Empty(rules.Compare(DocumentNode.Join([Page(1, 2), Page(3)]), DocumentNode.Join([Page(1), Page(2), Page(3)])));
        Assert.Equal("items[3]", Assert.Single(rules.Compare(DocumentNode.Join([Page(1, 2), Page(3)]), DocumentNode.Join([Page(1), Page(2)]))).Path);
    }

    private static List<ValueDifference> Compare(string layer, string name, string reference, string other) =>
        [.. new DocumentDifferences(ComparisonRules.Of(layer)).Compare(DocumentNode.Parse(name, Encoding.UTF8.GetBytes(reference)), DocumentNode.Parse(name, Encoding.UTF8.GetBytes(other)))];
}
