using System.Globalization;
using JadaSnapshot.Sandbox.Estate;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Services.S3;

namespace JadaSnapshot.Sandbox;

/// <summary>What a sandbox says when it has started.</summary>
internal static class Banner
{
    public static async Task WriteAsync(SandboxHost host, TextWriter output)
    {
        var (buckets, objects, bytes) = host.World.Get<S3Service>().Count();
        (string Name, string Value)[] variables =
        [
            ("AWS_ENDPOINT_URL", host.Endpoint), ("AWS_ACCESS_KEY_ID", host.AccessKey), ("AWS_SECRET_ACCESS_KEY", host.SecretKey),
            ("AWS_REGION", host.Region), ("AWS_DEFAULT_REGION", host.Region), ("AWS_EC2_METADATA_DISABLED", "true"),
            ("JADA_GOOGLE_ENDPOINT_URL", host.Endpoint), ("GOOGLE_OAUTH_ACCESS_TOKEN", host.GoogleAccessToken),
        ];
        await output.WriteLineAsync($"The sandbox answers at {host.Endpoint} for account {host.World.Account}: {string.Join(", ", host.World.Services.Select(service => service.Name).Order(StringComparer.Ordinal))}.");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"It holds {buckets} buckets with {objects:N0} objects of {bytes:N0} bytes{Others(host)}."));
        await output.WriteLineAsync("\nbash:");
        foreach (var (name, value) in variables) await output.WriteLineAsync($"export {name}={value}");
        await output.WriteLineAsync("\nPowerShell:");
        foreach (var (name, value) in variables) await output.WriteLineAsync($"$env:{name} = '{value}'");
        if (host.Options.Estate is not SandboxEstate.Empty)
        {
            await output.WriteLineAsync("\nScript projects, for -ScriptProject:");
            await output.WriteLineAsync($"@{{ {string.Join("; ", EstateNames.ScriptProjects.Select(project => $"'{project.Key}' = '{project.Value}'"))} }}");
        }
        await output.WriteLineAsync("\nCtrl+C ends it.");
        await output.FlushAsync();
    }

    private static string Others(SandboxHost host) => host.Options.Estate is SandboxEstate.Empty ? "" :
        $", {EstateCounts.Distributions} distributions, {EstateCounts.Functions} functions and {EstateCounts.LayerVersions} layer versions, {EstateCounts.Zones} zones with {EstateCounts.RecordSets} record sets, {EstateCounts.Tables} tables, {EstateCounts.RestApis} REST and {EstateCounts.HttpApis} HTTP APIs, {EstateCounts.Roles} roles and {EstateCounts.ScriptProjects} script projects";
}
