using JadaSnapshot.Sandbox.Estate.Apis;
using JadaSnapshot.Sandbox.Estate.Certificates;
using JadaSnapshot.Sandbox.Estate.Content;
using JadaSnapshot.Sandbox.Estate.Distributions;
using JadaSnapshot.Sandbox.Estate.Functions;
using JadaSnapshot.Sandbox.Estate.Instances;
using JadaSnapshot.Sandbox.Estate.Mail;
using JadaSnapshot.Sandbox.Estate.S3;
using JadaSnapshot.Sandbox.Estate.Scripts;
using JadaSnapshot.Sandbox.Estate.Settings;
using JadaSnapshot.Sandbox.Estate.Tables;
using JadaSnapshot.Sandbox.Estate.Zones;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Estate;

/// <summary>Builds the estate of three charter-sailing sites, by ordinary requests to the services of a world.</summary>
public static class EstateBuilder
{
    /// <summary>Everything that differs between staging and production of the sites.</summary>
    public static IReadOnlyList<PlantedDrift> PlantedDrift => StagingDrift.All;

    /// <summary>Builds the estate. The same seed makes the same contents, names and times.</summary>
    /// <param name="world">A world with its services, and nothing in them yet.</param>
    /// <param name="seed">What contents and secrets follow from.</param>
    /// <param name="cancel">Ends the building.</param>
    /// <exception cref="InvalidOperationException">A service refuses a request.</exception>
    public static async Task BuildAsync(SandboxWorld world, int seed, CancellationToken cancel)
    {
        var script = new EstateScript(world, seed, cancel);
        try
        {
            await RoleBuilder.BuildAsync(script);
            await BucketBuilder.BuildAsync(script);
            var stream = await TableBuilder.BuildAsync(script);
            await FunctionBuilder.BuildAsync(script);
            await FunctionBuilder.ConnectAsync(script, stream);
            await BucketBuilder.NotifyAsync(script);
            await CertificateBuilder.BuildAsync(script);
            var distributions = await DistributionBuilder.BuildAsync(script);
            await ZoneBuilder.BuildAsync(script, distributions);
            await EdgeParts.BuildAsync(script);
            await ZoneExtras.BuildAsync(script);
            await MailBuilder.BuildAsync(script);
            await SecretBuilder.BuildAsync(script);
            await KeyBuilder.BuildAsync(script);
            await ScalingBuilder.BuildAsync(script);
            await ApiBuilder.BuildAsync(script);
            await InstanceBuilder.BuildAsync(script);
            await PolicyBuilder.BuildAsync(script);
            await AttachmentBuilder.BuildAsync(script);
            await ScriptBuilder.BuildAsync(script);
        }
        finally
        {
            world.PretendedTime = null;
        }
    }

    /// <summary>What must never be found in the clear: the secret of each planted environment value, origin header, stored secret and secure parameter, in letters that no encoding changes.</summary>
    public static IReadOnlyList<string> PlantedSecrets(int seed) => EstateSecrets.All(seed);
}
