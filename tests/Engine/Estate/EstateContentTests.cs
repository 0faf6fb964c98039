using System.Text;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Estate;
using JadaSnapshot.Sandbox.Estate.Content;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Estate;

public sealed class EstateContentTests(EstateFixture estate) : IClassFixture<EstateFixture>
{
    [Fact]
    public async Task Every_odd_key_is_there_as_it_was_written()
    {
        var keys = (await estate.ObjectsAsync(EstateNames.OddKeysBucket)).Select(each => each.Key);

        Assert.Equal(OddKeys.All.Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
        Assert.Equal(1024, Encoding.UTF8.GetByteCount(OddKeys.Longest));
    }

    [Fact]
    public async Task One_object_was_uploaded_in_three_parts()
    {
        var backup = (await estate.ObjectsAsync(EstateNames.VersionsBucket)).Single(each => each.Key == EstateNames.MultipartKey);

        Assert.EndsWith("-3\"", backup.ETag, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staging_is_production_but_for_the_planted_drift()
    {
        foreach (var pair in EstateNames.StagingPairs)
        {
            var production = Under(await estate.ObjectsAsync(pair.Bucket), pair.Prefix);
            var staging = Under(await estate.ObjectsAsync(pair.StagingBucket), pair.StagingPrefix);
            if (pair.Bucket == pair.StagingBucket)
                foreach (var key in production.Keys.Where(key => key.StartsWith(pair.StagingPrefix, StringComparison.Ordinal)).ToList()) production.Remove(key);

            Assert.Equal(production.Keys.Order(StringComparer.Ordinal), staging.Keys.Order(StringComparer.Ordinal));
            var drift = EstateBuilder.PlantedDrift.Where(each => each.Pair == pair).Select(each => each.Path);
            Assert.Equal(drift.Order(StringComparer.Ordinal), production.Keys.Where(key => production[key] != staging[key]).Order(StringComparer.Ordinal));
        }
        Assert.Equal(3, EstateBuilder.PlantedDrift.Count(each => each.Path.EndsWith(".html", StringComparison.Ordinal)));
        Assert.Equal(1, EstateBuilder.PlantedDrift.Count(each => each.Path.EndsWith(".css", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_staging_distribution_has_the_origin_of_production()
    {
        var origins = (await estate.DistributionsAsync()).ToDictionary(
            each => EstateFixture.Value(each, "Comment"),
            each => each.Descendants().First(element => element.Name.LocalName == "Origin"));

        var staging = origins[EstateNames.MisroutedDistribution];
        var production = origins[EstateNames.MisroutedDistribution.Replace("staging", "production", StringComparison.Ordinal)];
        Assert.Equal(production.ToString(), staging.ToString());
    }

    [Fact]
    public async Task Every_planted_secret_is_in_the_estate_once_or_more_and_cannot_be_mistaken()
    {
        var secrets = EstateBuilder.PlantedSecrets(EstateFixture.Seed);
        var text = new StringBuilder();
        foreach (var name in (await estate.LambdaAsync("/2015-03-31/functions"))["Functions"]!.AsArray().Select(each => each!["FunctionName"]))
            text.Append((await estate.LambdaAsync($"/2015-03-31/functions/{name}/configuration"))["Environment"]?.ToJsonString());
        foreach (var distribution in await estate.DistributionsAsync()) text.Append(distribution);
        foreach (var region in new[] { EstateNames.West, EstateNames.East })
        {
            foreach (var stored in (await estate.RpcAsync("secretsmanager", "secretsmanager.ListSecrets", "{}", region))["SecretList"]!.AsArray())
                text.Append(ValueOf(await estate.RpcAsync("secretsmanager", "secretsmanager.GetSecretValue", $$"""{"SecretId":"{{stored!["Name"]}}"}""", region)));
            foreach (var parameter in (await estate.RpcAsync("ssm", "AmazonSSM.DescribeParameters", "{}", region))["Parameters"]!.AsArray())
                text.Append(await estate.RpcAsync("ssm", "AmazonSSM.GetParameter", $$"""{"Name":"{{parameter!["Name"]}}","WithDecryption":true}""", region));
        }
        var all = text.Append(await estate.ApisAsync()).ToString();

        Assert.All(secrets, secret => Assert.Contains(secret, all, StringComparison.Ordinal));
        Assert.All(secrets, secret => Assert.True(secret.Length >= 40));
        Assert.Equal(secrets.Count, secrets.Distinct().Count());
    }

    [Fact]
    public async Task Things_are_up_to_three_years_old_and_none_is_from_the_future()
    {
        var times = new List<DateTimeOffset>();
        foreach (var (name, region) in await estate.BucketsAsync()) times.AddRange((await estate.ObjectsAsync(name, region)).Select(each => each.Time));

        Assert.True(times.Max() <= DateTimeOffset.UtcNow);
        Assert.True(times.Max() - times.Min() > TimeSpan.FromDays(2 * 365));
        Assert.Null(estate.World.PretendedTime);
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_estate_and_another_seed_another()
    {
        var (again, other) = (new EstateFixture(), new EstateFixture());
        await again.BuildAsync(EstateFixture.Seed);
        await other.BuildAsync(EstateFixture.Seed + 1);

        var first = await PortraitAsync(estate);
        Assert.Equal(first, await PortraitAsync(again));
        Assert.NotEqual(first, await PortraitAsync(other));
        Assert.Empty(EstateBuilder.PlantedSecrets(EstateFixture.Seed).Intersect(EstateBuilder.PlantedSecrets(EstateFixture.Seed + 1)));
    }

    private static string ValueOf(JsonNode secret) => secret["SecretString"]?.GetValue<string>() ?? Encoding.UTF8.GetString(Convert.FromBase64String(secret["SecretBinary"]!.GetValue<string>()));

    private static async Task<string> PortraitAsync(EstateFixture estate)
    {
        var portrait = new StringBuilder();
        foreach (var (name, region) in await estate.BucketsAsync())
            portrait.AppendLine(name).AppendJoin('\n', await estate.ObjectsAsync(name, region));
        foreach (var distribution in await estate.DistributionsAsync()) portrait.AppendLine().Append(distribution);
        foreach (var (id, name) in await estate.ZonesAsync()) portrait.AppendLine(id).Append(name).AppendJoin('\n', await estate.RecordPagesAsync(id));
        portrait.Append((await estate.LambdaAsync("/2015-03-31/functions")).ToJsonString());
        return portrait.ToString();
    }

    private static Dictionary<string, string> Under(IEnumerable<(string Key, string ETag, DateTimeOffset Time)> objects, string prefix) =>
        objects.Where(each => each.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(each => each.Key[prefix.Length..], each => each.ETag, StringComparer.Ordinal);
}
